"""QR codes as SVG, for pages and print."""

import base64

import qrcode
from qrcode.image.svg import SvgPathImage


def qr_svg(text: str) -> str:
    """Black squares on nothing, with the quiet zone a reader needs."""
    code = qrcode.make(
        text,
        image_factory=SvgPathImage,
        error_correction=qrcode.constants.ERROR_CORRECT_M,
        border=4,
    )
    return code.to_string(encoding="unicode")


def qr_data_uri(text: str) -> str:
    """The same for an `img`, which the content policy allows."""
    encoded = base64.b64encode(qr_svg(text).encode()).decode()
    return f"data:image/svg+xml;base64,{encoded}"
