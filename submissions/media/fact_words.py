"""What was measured in a file, in words: a label and a value with its unit."""

from collections.abc import Iterator
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from submissions.media import humanise

LABELS = {
    "size_bytes": gettext_lazy("Size of the file"),
    "sha256": gettext_lazy("Checksum (SHA-256)"),
    "virus": gettext_lazy("Found by the virus scanner"),
    "content_type": gettext_lazy("Kind of file by content"),
    "aigc_label": gettext_lazy("Label of AI-generated content"),
    "aigc_producer": gettext_lazy("Producer named by that label"),
    "aigc_raw": gettext_lazy("Words of that label"),
    "aigc_raw_sha256": gettext_lazy("Checksum of that label"),
    "brand": gettext_lazy("Brand of the container"),
    "compatible_brands": gettext_lazy("Compatible brands"),
    "is_fragmented": gettext_lazy("Written in fragments"),
    "missing_bytes": gettext_lazy("Missing at the end"),
    "trailing_bytes": gettext_lazy("Behind the end"),
    "trailing_kind": gettext_lazy("Kind of what is behind the end"),
    "foreign_kind": gettext_lazy("Foreign content"),
    "has_header": gettext_lazy("Header can be read"),
    "video_stream_count": gettext_lazy("Picture tracks"),
    "duration_s": gettext_lazy("Length of the picture, decoded"),
    "header_duration_s": gettext_lazy("Length the header of the picture claims"),
    "container_duration_s": gettext_lazy("Length the container claims"),
    "frame_count": gettext_lazy("Frames decoded"),
    "header_frame_count": gettext_lazy("Frames the header claims"),
    "frame_rate": gettext_lazy("Frames a second"),
    "is_variable_frame_rate": gettext_lazy("Frame rate varies"),
    "decode_error_count": gettext_lazy("Faults while decoding"),
    "is_partly_checked": gettext_lazy("Checked in part only"),
    "coded_width_px": gettext_lazy("Width as stored"),
    "coded_height_px": gettext_lazy("Height as stored"),
    "width_px": gettext_lazy("Width as stored"),
    "height_px": gettext_lazy("Height as stored"),
    "display_width_px": gettext_lazy("Width as shown"),
    "display_height_px": gettext_lazy("Height as shown"),
    "rotation_deg": gettext_lazy("Turned clockwise for showing"),
    "sar": gettext_lazy("Proportions of a pixel"),
    "codec": gettext_lazy("Coding of the picture"),
    "profile": gettext_lazy("Profile of the coding"),
    "pixel_format": gettext_lazy("Pixel format"),
    "field_order": gettext_lazy("Order of the fields"),
    "moving_frame_count": gettext_lazy("Moving frames looked at for fields"),
    "woven_share": gettext_lazy("Of these, woven of two fields"),
    "color_transfer": gettext_lazy("Brightness curve"),
    "bit_rate": gettext_lazy("Data rate"),
    "has_audio": gettext_lazy("Has sound"),
    "audio_codec": gettext_lazy("Coding of the sound"),
    "audio_channels": gettext_lazy("Channels of sound"),
    "audio_duration_s": gettext_lazy("Length of the sound, decoded"),
    "loudness_lufs": gettext_lazy("Loudness"),
    "peak_dbfs": gettext_lazy("Highest peak of the sound"),
    "silent_s": gettext_lazy("Silent stretches"),
    "black_s": gettext_lazy("Black stretches"),
    "frozen_s": gettext_lazy("Stretches that stand still"),
    "cut_count": gettext_lazy("Cuts found"),
    "camera": gettext_lazy("Camera"),
    "software": gettext_lazy("Program named in the file"),
    "edited_with": gettext_lazy("Program that wrote the container"),
    "taken_at": gettext_lazy("Taken at"),
    "has_gps": gettext_lazy("Names a place (not kept)"),
    "has_c2pa": gettext_lazy("Has content credentials (C2PA)"),
    "orientation": gettext_lazy("Orientation (EXIF)"),
    "coding": gettext_lazy("Kind of JPEG"),
    "scan_count": gettext_lazy("Scans"),
    "precision_bits": gettext_lazy("Bits of a colour value"),
    "mode": gettext_lazy("Colour mode"),
    "frames": gettext_lazy("Pictures in the file"),
    "dpi_x": gettext_lazy("Resolution across"),
    "dpi_y": gettext_lazy("Resolution down"),
    "dpi_source": gettext_lazy("Resolution taken from"),
    "dpi_others": gettext_lazy("Resolution elsewhere in the file"),
    "icc_profile": gettext_lazy("Colour profile"),
    "icc_is_srgb": gettext_lazy("Colour profile is sRGB"),
    "is_decodable": gettext_lazy("Can be decoded"),
    "is_cut_short": gettext_lazy("Cut short"),
    "is_too_big": gettext_lazy("Too big to be opened"),
    "is_unsafe": gettext_lazy("Not to be opened safely"),
    "decode_warning": gettext_lazy("What the decoder said"),
    "has_exif": gettext_lazy("Has camera data (EXIF)"),
    "has_edit_history": gettext_lazy("Has a history of editing"),
    "digital_source_type": gettext_lazy("Digital source type (IPTC)"),
    "video_index": gettext_lazy("Picture track looked at"),
    "audio_index": gettext_lazy("Sound track listened to"),
    "shortest_frame_s": gettext_lazy("Shortest frame"),
    "longest_frame_s": gettext_lazy("Longest frame"),
    "codec_tag": gettext_lazy("Coding as the container names it"),
    "color_primaries": gettext_lazy("Basic colours"),
    "color_space": gettext_lazy("Colour space"),
    "color_range": gettext_lazy("Range of colour values"),
    "audio_profile": gettext_lazy("Profile of the sound"),
    "c2pa_state": gettext_lazy("State of the content credentials"),
    "c2pa_signer": gettext_lazy("Content credentials signed by"),
    "c2pa_signed_at": gettext_lazy("Content credentials signed at"),
    "c2pa_generator": gettext_lazy("Program of the content credentials"),
    "c2pa_source_type": gettext_lazy("Source by the content credentials"),
    "c2pa_actions": gettext_lazy("Done by the content credentials"),
    "changed_at": gettext_lazy("Changed at"),
    "gps_date": gettext_lazy("Day by satellite"),
    "recorded_width_px": gettext_lazy("Width the camera recorded"),
    "recorded_height_px": gettext_lazy("Height the camera recorded"),
    "xmp_camera": gettext_lazy("Camera by XMP"),
    "edit_programs": gettext_lazy("Editing programs named"),
    "edit_step_count": gettext_lazy("Steps of editing"),
    "has_parent_picture": gettext_lazy("Made from another picture"),
    "is_raw_development": gettext_lazy("Developed from a raw file"),
    "is_retouched": gettext_lazy("Retouched"),
    "file_count": gettext_lazy("Files"),
}
TIMES = {
    "total_s": gettext_lazy("Time in all"),
    "cpu_s": gettext_lazy("Time of the processors"),
    "probe_s": gettext_lazy("Time to read the header"),
    "decode_s": gettext_lazy("Time to decode"),
    "prints_s": gettext_lazy("Time for the fingerprints"),
    "stills_s": gettext_lazy("Time for the stills"),
    "copy_s": gettext_lazy("Time for the copy to play"),
    "copies_s": gettext_lazy("Time for the copies"),
}
UNKNOWN = "–"
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


def time_label(step: str) -> str:
    """What took so long; the bare name where there are no words for it."""
    return str(TIMES.get(step, step))


def told(facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(label, value) of every fact, in the order of the facts."""
    for name, value in facts.items():
        if name != "kind":
            yield str(LABELS.get(name, name)), in_words(name, value)


def in_words(name: str, value: Any) -> str:
    """A value with the unit its name ends in; a dash where nothing is known."""
    if value is None or value == "" or value == () or value == {}:
        return UNKNOWN
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return ", ".join(f"{key}: {in_words(name, at)}" for key, at in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(in_words("", at) for at in value)
    return _with_unit(name, value)


def _with_unit(name: str, value: Any) -> str:
    for ending, write in _UNITS.items():
        if name.endswith(ending):
            return write(value)
    return str(value)


def _bytes(count: int) -> str:
    if count < 1024:
        return f"{count} B"
    return f"{filesizeformat(count)} ({count} B)".replace(NO_BREAK_SPACE, " ")


def _pixels(count: int) -> str:
    return _("%(count)s pixels") % {"count": count}


def _megabits(bits: float) -> str:
    return f"{bits / 1e6:.2f} Mbit/s"


# By the ending of a name; the first that fits.
_UNITS = {
    "bit_rate": _megabits,
    "_bytes": _bytes,
    "_px": _pixels,
    "_s": humanise.duration,
    "_deg": lambda degrees: f"{degrees:g}°",
    "_share": lambda share: f"{share * 100:g} %",
    "_lufs": lambda level: f"{level:g} LUFS",
    "_dbfs": lambda level: f"{level:g} dBFS",
    "_rate": lambda rate: f"{rate:g}",
    "dpi_x": humanise.density,
    "dpi_y": humanise.density,
    "dpi_others": humanise.density,
    "content_type": humanise.content_type,
}
