"""What was measured in a file. Units are in the names; unknown is None, never 0."""

from dataclasses import asdict, dataclass, fields, replace
from typing import Any, ClassVar, Self

from submissions.media.content_type import ContentType


@dataclass(frozen=True, kw_only=True)
class FileFacts:
    """What is known of any file, and all there is to know of an unexpected one."""

    kind: ClassVar[str] = "file"

    size_bytes: int | None = None
    sha256: str = ""
    content_type: ContentType = ContentType.UNKNOWN
    virus: str = ""  # as ClamAV calls it; then nothing else was looked at

    def to_json(self) -> dict[str, Any]:
        return {"kind": self.kind} | asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """As `to_json` told them; what is not known any more is left out."""
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in data.items() if name in known})

    def with_(self, **changes) -> Self:
        return replace(self, **changes)


@dataclass(frozen=True, kw_only=True)
class AigcFacts:
    """The label of generated content (GB 45438-2025) as found in the file."""

    aigc_label: str = ""  # "1" is, "2" may be, "3" suspected; "?" unreadable
    aigc_producer: str = ""
    aigc_raw_sha256: str = ""
    aigc_raw: str = ""  # the whole of it, so that later copies carry it too


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """Content credentials (C2PA), read and verified; all empty where there are none."""

    c2pa_state: str = ""  # valid, untrusted, invalid, unreadable, remote
    c2pa_signer: str = ""
    c2pa_signed_at: str = ""
    c2pa_generator: str = ""  # the program that wrote the claim
    c2pa_source_type: str = ""  # IPTC, of its actions; what tells of AI comes first
    c2pa_actions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MakingFacts(Credentials):
    """What a file says about its making: claims of its own, the signature checked."""

    camera: str = ""
    software: str = ""
    taken_at: str = ""
    has_gps: bool = False
    digital_source_type: str = ""  # IPTC, in XMP

    has_c2pa: bool = False


@dataclass(frozen=True, kw_only=True)
class VideoFacts(FileFacts, AigcFacts, MakingFacts):
    """A video as it really decodes; header_… is what the file merely claims."""

    kind: ClassVar[str] = "video"

    brand: str = ""  # major brand of the container
    compatible_brands: tuple[str, ...] = ()
    is_fragmented: bool = False
    missing_bytes: int = 0  # announced by the container, not in the file
    trailing_bytes: int = 0
    foreign_kind: str = ""  # e.g. "zip" behind the last box

    has_header: bool = False  # ffprobe could read it
    video_stream_count: int = 0
    video_index: int | None = None  # of its tracks, the one that is looked at
    audio_index: int | None = None
    duration_s: float | None = None
    header_duration_s: float | None = None
    container_duration_s: float | None = None
    frame_count: int | None = None
    header_frame_count: int | None = None
    frame_rate: float | None = None
    is_variable_frame_rate: bool | None = None
    shortest_frame_s: float | None = None
    longest_frame_s: float | None = None
    decode_error_count: int = 0
    is_partly_checked: bool = False  # the decode stopped before the end

    coded_width_px: int | None = None
    coded_height_px: int | None = None
    display_width_px: int | None = None
    display_height_px: int | None = None
    rotation_deg: int = 0
    sar: str = "1:1"
    codec: str = ""
    codec_tag: str = ""  # the four letters by which the container names it
    profile: str = ""
    pixel_format: str = ""
    field_order: str = ""  # as the header claims
    moving_frame_count: int = 0  # looked at, that tell how they were scanned
    woven_share: float | None = None  # of these: two moments, line by line
    color_transfer: str = ""
    color_primaries: str = ""
    color_space: str = ""
    color_range: str = ""
    bit_rate: int | None = None

    has_audio: bool = False
    audio_codec: str = ""
    audio_profile: str = ""
    audio_channels: int | None = None
    audio_duration_s: float | None = None
    loudness_lufs: float | None = None
    peak_dbfs: float | None = None
    silent_s: float = 0.0
    black_s: float = 0.0
    frozen_s: float = 0.0
    cut_count: int | None = None  # changes of shot, at four frames a second

    edited_with: str = ""  # the program that wrote the container


@dataclass(frozen=True, kw_only=True)
class ImageFacts(FileFacts, AigcFacts, MakingFacts):
    """A JPEG: what its header says, and whether the whole of it decodes."""

    kind: ClassVar[str] = "image"

    width_px: int | None = None
    height_px: int | None = None
    display_width_px: int | None = None
    display_height_px: int | None = None
    orientation: int = 1  # EXIF, 1 to 8
    coding: str = ""  # baseline, progressive, lossless, arithmetic
    scan_count: int = 0
    precision_bits: int | None = None
    mode: str = ""  # L, RGB, CMYK, YCCK
    frames: int = 1

    dpi_x: float | None = None
    dpi_y: float | None = None
    dpi_source: str = ""  # jfif, exif or photoshop
    dpi_others: dict[str, float] | None = None  # sources that say something else

    icc_profile: str = ""
    icc_is_srgb: bool | None = None

    is_decodable: bool = False
    is_cut_short: bool = False  # the data end before the picture does
    is_unsafe: bool = False  # looking at it broke, or would have cost too much
    is_too_big: bool = False  # never decoded: beyond what may be spent on a picture
    decode_warning: str = ""
    trailing_bytes: int = 0
    trailing_kind: str = ""  # mpo, motion photo, samsung, zip, …
    foreign_kind: str = ""

    has_exif: bool = False
    changed_at: str = ""
    gps_date: str = ""
    recorded_width_px: int | None = None  # by the camera's own account
    recorded_height_px: int | None = None
    xmp_camera: str = ""
    edit_programs: tuple[str, ...] = ()  # that XMP and Photoshop's block name
    edit_step_count: int = 0
    has_edit_history: bool = False
    has_parent_picture: bool = False
    is_raw_development: bool = False
    is_retouched: bool = False

    @property
    def side_ratio(self) -> float | None:
        """Long side to short side."""
        if not self.width_px or not self.height_px:
            return None
        return max(self.width_px, self.height_px) / min(self.width_px, self.height_px)
