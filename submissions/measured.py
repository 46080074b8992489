"""What was measured in a file, named for the people who screen it."""

from django.template.defaultfilters import filesizeformat, yesno
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from submissions.media.humanise import humanise

NAMES = {
    "content_type": gettext_lazy("Kind of file"),
    "size_bytes": gettext_lazy("Size of the file"),
    "duration_s": gettext_lazy("Length"),
    "header_duration_s": gettext_lazy("Length by the file's own account"),
    "display_width_px": gettext_lazy("Width as shown"),
    "display_height_px": gettext_lazy("Height as shown"),
    "rotation_deg": gettext_lazy("Turned by, in degrees"),
    "orientation": gettext_lazy("Orientation (EXIF)"),
    "frame_rate": gettext_lazy("Pictures a second"),
    "codec": gettext_lazy("Coding of the picture"),
    "pixel_format": gettext_lazy("Pixel format"),
    "field_order": gettext_lazy("Field order"),
    "bit_rate": gettext_lazy("Bits a second"),
    "audio_codec": gettext_lazy("Coding of the sound"),
    "audio_duration_s": gettext_lazy("Length of the sound"),
    "loudness_lufs": gettext_lazy("Loudness, in LUFS"),
    "silent_s": gettext_lazy("Silent for"),
    "black_s": gettext_lazy("Black for"),
    "frozen_s": gettext_lazy("Frozen for"),
    "cut_count": gettext_lazy("Changes of shot"),
    "decode_error_count": gettext_lazy("Faults while decoding"),
    "mode": gettext_lazy("Colour mode"),
    "dpi_x": gettext_lazy("Dots per inch, across"),
    "dpi_y": gettext_lazy("Dots per inch, down"),
    "icc_profile": gettext_lazy("Colour profile"),
    "camera": gettext_lazy("Camera or phone"),
    "software": gettext_lazy("Software"),
    "edited_with": gettext_lazy("Written by"),
    "taken_at": gettext_lazy("Taken at"),
    "has_gps": gettext_lazy("Tells the place"),
    "aigc_label": gettext_lazy("Label of generated content"),
    "sha256": gettext_lazy("SHA-256"),
}

# As ffprobe tells them: which lines are stored first, then which are shown first.
FIELD_ORDERS = {
    "progressive": gettext_lazy("whole pictures (progressive)"),
    "tt": gettext_lazy("interlaced, top lines first"),
    "bb": gettext_lazy("interlaced, bottom lines first"),
    "tb": gettext_lazy("interlaced, bottom lines shown first"),
    "bt": gettext_lazy("interlaced, top lines shown first"),
    "unknown": gettext_lazy("not told"),
}


def measured_rows(facts: dict) -> list[tuple[str, str]]:
    """(name, value) of all that is known and worth reading, in a fixed order."""
    return [
        (str(name), _written(key, facts[key]))
        for key, name in NAMES.items()
        if facts.get(key) not in (None, "")
    ]


def _written(key, value):
    if isinstance(value, bool):
        return yesno(value, _("yes,no"))
    if key == "field_order":
        return str(FIELD_ORDERS.get(value, value))
    if key == "camera":
        return camera_words(value)
    if key == "size_bytes":
        return filesizeformat(value)
    if key.endswith("_px"):
        return f"{value} px"
    if isinstance(value, float) and not key.endswith("_s"):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return humanise(key, value)


def camera_words(camera: str) -> str:
    """Maker and model, the maker not named twice: NIKON CORPORATION NIKON D750."""
    words = camera.split()
    names = [word.casefold() for word in words]
    if not names or names[0] not in names[1:]:
        return camera
    return " ".join(words[names.index(names[0], 1) :])
