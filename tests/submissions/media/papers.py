"""Papers as people send them, and as somebody hostile would."""

import io
import zlib

import pypdfium2
from PIL import Image


def pdf_bytes(*, pages=1, attach=b"") -> bytes:
    """A PDF of empty A4 pages, perhaps with a file in it."""
    document = pypdfium2.PdfDocument.new()
    for _page in range(pages):
        document.new_page(595, 842)
    if attach:
        document.new_attachment("extra.exe").set_data(attach)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def pdf_with(objects: bytes) -> bytes:
    """A hand-written PDF of one page whose catalogue also says `objects`."""
    parts = [
        b"1 0 obj<</Type/Catalog/Pages 2 0 R" + objects + b">>endobj\n",
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n",
    ]
    head = b"%PDF-1.7\n"
    places = [len(head) + sum(map(len, parts[:at])) for at in range(len(parts))]
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(head) + sum(map(len, parts))
    return (
        head
        + b"".join(parts)
        + b"xref\n0 4\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start
    )


def png_bytes(size=(40, 30)) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "white").save(stream, "PNG")
    return stream.getvalue()


def pdf_that_unfolds() -> bytes:
    """A few kilobytes whose table of objects grows to four gigabytes on reading."""
    packer = zlib.compressobj(9)
    megabyte = bytes(1 << 20)
    first = packer.compress(megabyte) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(megabyte) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = zlib.compress(first + again * 4095, 9)
    head = b"%PDF-1.7\n"
    entries = b"/Type/XRef/Size 5/W[1 4 2]/Root 1 0 R"
    return (
        head
        + b"4 0 obj<<%s/Filter[/FlateDecode/FlateDecode]/Length %d>>\nstream\n"
        % (entries, len(packed))
        + packed
        + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(head)
    )


def jpeg_of_many_scans(count: int) -> bytes:
    """A progressive JPEG that sends its last scan again and again."""
    stream = io.BytesIO()
    Image.new("RGB", (64, 64), "white").save(stream, "JPEG", progressive=True)
    whole = stream.getvalue()
    last = whole.rindex(b"\xff\xda")
    return whole[:last] + whole[last:-2] * count + whole[-2:]
