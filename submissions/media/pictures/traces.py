"""What programs and cameras leave in a picture, as facts of its making."""

from submissions.media.pictures.exif import Exif
from submissions.media.pictures.xmp import Xmp


def traces(exif: Exif, xmp: Xmp, *, photoshop: str) -> dict:
    """The fields of ImageFacts that tell of a picture's way from the camera."""
    width, height = exif.recorded_px or (None, None)
    named = (xmp.creator_tool, *xmp.history, photoshop)
    return {
        "changed_at": exif.changed_at,
        "gps_date": exif.gps_date,
        "recorded_width_px": width,
        "recorded_height_px": height,
        "xmp_camera": xmp.camera,
        "edit_programs": tuple(dict.fromkeys(filter(None, named))),
        "edit_step_count": xmp.step_count,
        "has_edit_history": xmp.has_history,
        "has_parent_picture": xmp.has_parent,
        "is_raw_development": xmp.is_developed,
        "is_retouched": xmp.is_retouched,
    }
