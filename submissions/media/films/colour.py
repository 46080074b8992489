"""The colours of a film, and the filters that bring them to what every screen shows.

A film without tags is taken for BT.709 when it is in high definition, else for the
matrix of BT.601, as players do.
"""

from collections.abc import Set
from dataclasses import dataclass

from submissions.media.facts import VideoFacts

HDR_TRANSFERS = frozenset({"smpte2084", "arib-std-b67"})  # PQ and HLG
WIDE_PRIMARIES = frozenset({"bt2020", "smpte431", "smpte432"})
WHITE_NITS = 203  # what paper white has in both (ITU-R BT.2408)
PEAK_NITS = 1000
HD_FROM_PX = 720

_MATRICES = {"bt709", "fcc", "bt470bg", "smpte170m", "smpte240m", "bt2020nc"}
_TRANSFERS = HDR_TRANSFERS | {
    *("bt709", "smpte170m", "bt470m", "bt470bg", "linear", "iec61966-2-1"),
    *("iec61966-2-4", "bt2020-10", "bt2020-12"),
}
_PRIMARIES = WIDE_PRIMARIES | {"bt709", "bt470m", "bt470bg", "smpte170m", "smpte240m"}
# What the filters take without being converted by another one first.
_PLANAR = "format=" + "|".join(
    (
        *("yuv420p", "yuvj420p", "yuv422p", "yuvj422p", "yuv444p", "yuvj444p"),
        *("yuv420p10", "yuv422p10", "yuv444p10"),
        *("yuv420p12", "yuv422p12", "yuv444p12"),
    )
)


@dataclass(frozen=True, kw_only=True)
class Colour:
    """Tags by ffmpeg's names, none of them unknown."""

    matrix: str = "bt709"
    transfer: str = "bt709"
    primaries: str = "bt709"
    is_full_range: bool = False

    @property
    def is_hdr(self) -> bool:
        return self.transfer in HDR_TRANSFERS

    @property
    def _tags(self) -> str:
        extent = "full" if self.is_full_range else "limited"
        return (
            f"min={self.matrix}:tin={self.transfer}:pin={self.primaries}:rin={extent}"
        )

    def to_sdr(self, size_px: tuple[int, int] | None = None) -> list[str]:
        """Filters to BT.709 in limited range; frames take the size given."""
        size = "w={}:h={}:f=lanczos:".format(*size_px) if size_px else ""
        if not self.is_hdr:
            turned = "m=bt709:t=bt709:p=bt709:r=limited"
            return [_PLANAR, f"zscale={size}{self._tags}:{turned}", "format=yuv420p"]
        scaled = [f"zscale={size}{self._tags}"] if size else []
        return [
            _PLANAR,
            *scaled,
            f"zscale={self._tags}:t=linear:p=bt709:npl={WHITE_NITS}",
            "format=gbrpf32le",
            f"tonemap=mobius:param=0.5:desat=0:peak={PEAK_NITS / WHITE_NITS:.3f}",
            "zscale=m=bt709:t=bt709:r=limited",
            "format=yuv420p",
        ]

    def to_jpeg(self) -> list[str]:
        """Filters to what a JPEG holds: BT.601 in full range, whatever its size; with
        as much colour as light."""
        return [
            *self.to_sdr(),
            "scale=in_color_matrix=bt709:out_color_matrix=bt601:"
            "in_range=tv:out_range=pc",
            "format=yuvj444p",
        ]


def colour_of(facts: VideoFacts) -> Colour:
    """What a film's tags say, completed as players complete them."""
    is_hd = min(facts.display_width_px, facts.display_height_px) >= HD_FROM_PX
    usual = "bt709" if is_hd else "smpte170m"
    if facts.color_primaries == "bt2020":
        usual = "bt2020nc"
    return Colour(
        matrix=_known(facts.color_space, _MATRICES, usual),
        transfer=_known(facts.color_transfer, _TRANSFERS, "bt709"),
        primaries=_known(facts.color_primaries, _PRIMARIES, "bt709"),
        is_full_range=facts.color_range == "pc"
        or facts.pixel_format.startswith("yuvj"),
    )


def _known(tag: str, known: Set[str], usual: str) -> str:
    return tag if tag in known else usual
