"""What a file is by its first bytes; names and announced types are never believed."""

import enum

from django.utils.translation import gettext_lazy as _


class ContentType(enum.StrEnum):
    """Kinds of content told apart, the accepted ones and those people send instead."""

    MP4 = "mp4"
    MOV = "mov"
    JPEG = "jpeg"
    PNG = "png"
    HEIC = "heic"
    AVIF = "avif"
    WEBP = "webp"
    GIF = "gif"
    BMP = "bmp"
    TIFF = "tiff"
    RAW = "raw"
    PSD = "psd"
    JXL = "jxl"
    JP2 = "jp2"
    MKV = "mkv"
    WEBM = "webm"
    AVI = "avi"
    FLV = "flv"
    WMV = "wmv"
    MPEG_TS = "mpeg_ts"
    MPEG_PS = "mpeg_ps"
    AUDIO = "audio"
    PLAYLIST = "playlist"
    HTML = "html"
    SVG = "svg"
    XML = "xml"
    PDF = "pdf"
    ZIP = "zip"
    ARCHIVE = "archive"
    PROGRAM = "program"
    SCRIPT = "script"
    EMPTY = "empty"
    UNKNOWN = "unknown"

    @property
    def mime_type(self) -> str:
        """What to answer a browser with; all but the accepted kinds are mere bytes."""
        return MIME_TYPES.get(self, "application/octet-stream")


MIME_TYPES = {
    ContentType.MP4: "video/mp4",
    ContentType.MOV: "video/quicktime",
    ContentType.JPEG: "image/jpeg",
}
LABELS = {
    ContentType.MP4: "MP4",
    ContentType.MOV: "MOV (QuickTime)",
    ContentType.JPEG: "JPG",
    ContentType.PNG: "PNG",
    ContentType.HEIC: "HEIC",
    ContentType.AVIF: "AVIF",
    ContentType.WEBP: "WebP",
    ContentType.GIF: "GIF",
    ContentType.BMP: "BMP",
    ContentType.TIFF: "TIFF",
    ContentType.RAW: _("a camera's RAW file"),
    ContentType.PSD: "PSD (Photoshop)",
    ContentType.JXL: "JPEG XL",
    ContentType.JP2: "JPEG 2000",
    ContentType.MKV: "MKV",
    ContentType.WEBM: "WebM",
    ContentType.AVI: "AVI",
    ContentType.FLV: "FLV",
    ContentType.WMV: "WMV",
    ContentType.MPEG_TS: "MPEG-TS",
    ContentType.MPEG_PS: "MPEG",
    ContentType.AUDIO: _("a sound file"),
    ContentType.PLAYLIST: _("a playlist"),
    ContentType.HTML: _("a web page (HTML)"),
    ContentType.SVG: _("a vector drawing (SVG)"),
    ContentType.XML: _("an XML text"),
    ContentType.PDF: "PDF",
    ContentType.ZIP: _("a ZIP archive or an Office document"),
    ContentType.ARCHIVE: _("an archive"),
    ContentType.PROGRAM: _("a program"),
    ContentType.SCRIPT: _("a script"),
    ContentType.EMPTY: _("an empty file"),
    ContentType.UNKNOWN: _("a file of unknown kind"),
}

HEAD_BYTES = 4096

# Major brands of ISO base media files by what the file is. Phones and cameras write
# MP4 under many brands; 3GP shares its layout and plays everywhere MP4 does.
MP4_BRANDS = frozenset(
    b"isom iso2 iso3 iso4 iso5 iso6 iso7 iso8 iso9 isoa isob isoc mp41 mp42 mp71 "
    b"avc1 avc2 avc3 hvc1 hev1 av01 vp09 dash msdh msix mmp4 cmfc cmf2 cmff "
    b"MSNV NDSC NDSH NDSM NDSP NDSS NDXC NDXH NDXM NDXP NDXS XAVC CAEP "
    b"nvr1 piff".split()
)
M4V_BRANDS = frozenset((b"M4V ", b"M4VH", b"M4VP"))
SOUND_BRANDS = frozenset((b"M4A ", b"M4B ", b"M4P ", b"F4A ", b"F4B "))
HEIC_BRANDS = frozenset(b"heic heix heim heis hevc hevx hevm hevs mif1 msf1".split())
AVIF_BRANDS = frozenset((b"avif", b"avis"))
FLASH_BRANDS = frozenset((b"F4V ", b"f4v ", b"F4P "))

_BOX_TYPES_WITHOUT_BRAND = (b"moov", b"mdat", b"free", b"skip", b"styp", b"moof")

_MAGIC = (
    (b"\xff\xd8\xff", ContentType.JPEG),
    (b"\x89PNG\r\n\x1a\n", ContentType.PNG),
    (b"GIF87a", ContentType.GIF),
    (b"GIF89a", ContentType.GIF),
    (b"8BPS", ContentType.PSD),
    (b"\xff\x0a", ContentType.JXL),
    (b"\x00\x00\x00\x0cJXL \r\n\x87\n", ContentType.JXL),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", ContentType.JP2),
    (b"FLV\x01", ContentType.FLV),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", ContentType.WMV),
    (b"\x00\x00\x01\xba", ContentType.MPEG_PS),
    (b"\x00\x00\x01\xb3", ContentType.MPEG_PS),
    (b"%PDF-", ContentType.PDF),
    (b"PK\x03\x04", ContentType.ZIP),
    (b"PK\x05\x06", ContentType.ZIP),
    (b"Rar!\x1a\x07", ContentType.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ContentType.ARCHIVE),
    (b"\x1f\x8b", ContentType.ARCHIVE),
    (b"BZh", ContentType.ARCHIVE),
    (b"\xfd7zXZ\x00", ContentType.ARCHIVE),
    (b"\x7fELF", ContentType.PROGRAM),
    (b"MZ", ContentType.PROGRAM),
    (b"ID3", ContentType.AUDIO),
    (b"OggS", ContentType.AUDIO),
    (b"fLaC", ContentType.AUDIO),
    (b"#!AMR", ContentType.AUDIO),
    (b"#EXTM3U", ContentType.PLAYLIST),
    (b"[playlist]", ContentType.PLAYLIST),
    (b"ffconcat version", ContentType.PLAYLIST),
    (b"#!", ContentType.SCRIPT),
    (b"<?php", ContentType.SCRIPT),
    (b"BM", ContentType.BMP),
    (b"FUJIFILMCCD-RAW", ContentType.RAW),
    (b"IIRO", ContentType.RAW),
    (b"IIU\x00", ContentType.RAW),
)


def sniff(head: bytes) -> ContentType:
    """The content type by the first bytes of a file."""
    if not head:
        return ContentType.EMPTY
    if head[4:8] == b"ftyp":
        return _by_brand(head[8:12], _compatible_brands(head))
    if head[4:8] in (b"wide", b"pnot"):
        return ContentType.MOV
    if head[4:8] in _BOX_TYPES_WITHOUT_BRAND:
        return ContentType.MP4
    return _by_magic(head) or _by_text(head) or ContentType.UNKNOWN


def has_mp4_brand(major: bytes, compatible: frozenset[bytes]) -> bool:
    """Whether the brands say MP4 clearly; 3GP does so by a compatible MP4 brand."""
    return major in MP4_BRANDS | M4V_BRANDS or bool(compatible & MP4_BRANDS)


def _compatible_brands(head: bytes) -> frozenset[bytes]:
    end = min(int.from_bytes(head[:4], "big"), len(head))
    return frozenset(head[at : at + 4] for at in range(16, end - 3, 4))


def _by_brand(major: bytes, compatible: frozenset[bytes]) -> ContentType:
    if major == b"qt  ":
        return ContentType.MOV
    if major in AVIF_BRANDS or (major == b"mif1" and compatible & AVIF_BRANDS):
        return ContentType.AVIF
    if major in HEIC_BRANDS:
        return ContentType.HEIC
    if major in SOUND_BRANDS:
        return ContentType.AUDIO
    if major == b"crx ":
        return ContentType.RAW
    if major in FLASH_BRANDS:
        return ContentType.FLV
    return ContentType.MP4


def _by_magic(head: bytes) -> ContentType | None:
    if head[:4] in (b"II*\x00", b"MM\x00*"):
        return ContentType.RAW if _is_camera_raw(head) else ContentType.TIFF
    if head[:4] == b"RIFF":
        riff = {b"WEBP": ContentType.WEBP, b"AVI ": ContentType.AVI}
        return riff.get(head[8:12], ContentType.AUDIO)
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return ContentType.WEBM if b"webm" in head[:64] else ContentType.MKV
    if head[:1] == b"\x47" and head[188:189] == b"\x47":
        return ContentType.MPEG_TS
    if head[257:262] == b"ustar":
        return ContentType.ARCHIVE
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)


def _is_camera_raw(head: bytes) -> bool:
    makers = (b"NIKON", b"Canon", b"SONY", b"PENTAX", b"Apple", b"Leica", b"OLYMPUS")
    return head[8:10] == b"CR" or any(maker in head for maker in makers)


def _by_text(head: bytes) -> ContentType | None:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<script")):
        return ContentType.HTML
    if text.startswith(b"<svg") or (text.startswith(b"<?xml") and b"<svg" in text):
        return ContentType.SVG
    if text.startswith(b"<?xml"):
        return ContentType.HTML if b"<html" in text else ContentType.XML
    if text.startswith((b"#extm3u", b"[playlist]", b"ffconcat")):
        return ContentType.PLAYLIST
    if text.startswith((b"<!--", b"<!doctype")) and b"<html" in text:
        return ContentType.HTML
    return None


# Content that has no business behind or inside a picture or a video.
FOREIGN = frozenset(
    (
        ContentType.ZIP,
        ContentType.ARCHIVE,
        ContentType.PDF,
        ContentType.HTML,
        ContentType.SVG,
        ContentType.SCRIPT,
        ContentType.PROGRAM,
        ContentType.PLAYLIST,
    )
)


def foreign_kind(data: bytes) -> str:
    """The kind of foreign content that bytes behind a picture begin with, else ''."""
    kind = sniff(data.lstrip(b"\0\r\n ")) if data else ContentType.EMPTY
    return kind.value if kind in FOREIGN else ""
