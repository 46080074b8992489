"""What a program wrote beside a picture or a film (XMP): the few things asked of it.

Read by a bounded parser: no DTD, no entities. An unreadable packet says nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from submissions.media.provenance.labels import NAMESPACE, AigcLabel, label_from_text

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
XMP = "{http://ns.adobe.com/xap/1.0/}"
MANAGED = "{http://ns.adobe.com/xap/1.0/mm/}"
EVENT = "{http://ns.adobe.com/xap/1.0/sType/ResourceEvent#}"
DEVELOP = "{http://ns.adobe.com/camera-raw-settings/1.0/}"
TIFF = "{http://ns.adobe.com/tiff/1.0/}"
PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
SOURCE_TYPE = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}DigitalSourceType"
PROVENANCE = "{http://purl.org/dc/terms/}provenance"

MAX_STEPS = 20
# Settings of a raw development that change more than light and colour.
RETOUCHING = ("RetouchInfo", "RetouchAreas")


@dataclass(frozen=True)
class Xmp:
    """A program's own account; empty where it gives none."""

    label: AigcLabel | None = None
    creator_tool: str = ""
    camera: str = ""
    digital_source_type: str = ""
    history: tuple[str, ...] = ()  # programs that took part, each once
    step_count: int = 0
    has_history: bool = False
    has_parent: bool = False  # made from another picture
    is_developed: bool = False  # carries the settings of a raw development
    is_retouched: bool = False  # these settings tell of spots taken out
    has_remote_manifest: bool = False  # its content credentials lie elsewhere


def read_xmp(packet: bytes) -> Xmp:
    """What an XMP packet says; an unreadable one says nothing."""
    try:
        root = fromstring(packet.strip(b" \0\r\n\t"), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return Xmp()
    steps = list(_steps(root))
    return Xmp(
        label=label_from_text(_value(root, f"{{{NAMESPACE}}}AIGC")),
        creator_tool=_value(root, f"{XMP}CreatorTool")[:200],
        camera=_camera(root),
        digital_source_type=_value(root, SOURCE_TYPE).rpartition("/")[2][:80],
        history=tuple(dict.fromkeys(filter(None, steps)))[:MAX_STEPS],
        step_count=len(steps),
        has_history=_has(root, f"{MANAGED}History", f"{PHOTOSHOP}History"),
        has_parent=_has(root, f"{MANAGED}DerivedFrom"),
        is_developed=_is_developed(root),
        is_retouched=_has(root, *(DEVELOP + name for name in RETOUCHING)),
        has_remote_manifest=_value(root, PROVENANCE).startswith(("http:", "https:")),
    )


def _value(root, name: str) -> str:
    """A property's text, whether written as an element or as an attribute."""
    for element in root.iter():
        if element.tag == name and element.text:
            return element.text.strip()
        if name in element.attrib:
            return element.attrib[name].strip()
    return ""


def _has(root, *names: str) -> bool:
    return any(
        element.tag in names or not element.attrib.keys().isdisjoint(names)
        for element in root.iter()
    )


def _steps(root) -> Iterator[str]:
    """The program of each step of the history, empty where it is not named."""
    for history in root.iter(f"{MANAGED}History"):
        for step in history.iter(f"{RDF}li"):
            yield _value(step, f"{EVENT}softwareAgent")[:80]


def _camera(root) -> str:
    make, model = _value(root, f"{TIFF}Make"), _value(root, f"{TIFF}Model")
    return (model if model.startswith(make) else f"{make} {model}").strip()[:80]


def _is_developed(root) -> bool:
    """Settings that were applied, not merely a version number left by a copy."""
    return _value(root, f"{DEVELOP}HasSettings").lower() == "true" or _has(
        root, f"{DEVELOP}RawFileName"
    )
