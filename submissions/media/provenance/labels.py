"""The label of generated content (AIGC, GB 45438-2025) in a picture or a video.

Read by bounded parsers: no DTD, no duplicate keys, no numbers or signs that cannot be
written again, 16 KB at most as a copy carries it. The text is kept as found, so that
copies carry the producer's label unchanged.
"""

import hashlib
import json
from dataclasses import dataclass
from html import escape

MAX_LABEL_BYTES = 16 << 10  # as XMP
MAX_SERVED_BYTES = 48 << 10  # a JPEG has room for 64 KB; numbers grow, written again
NAMESPACE = "http://www.tc260.org.cn/ns/AIGC/1.0/"
UNREADABLE = "?"
LABELS = {"1", "2", "3"}
IS, MAY_BE, SUSPECTED = "1", "2", "3"
FIELDS = (
    *("Label", "ContentProducer", "ProduceID", "ReservedCode1"),
    *("ContentPropagator", "PropagateID", "ReservedCode2"),
)


@dataclass(frozen=True)
class AigcLabel:
    raw: str  # as found in the file

    @property
    def _fields(self) -> dict:
        try:
            found = json.loads(self.raw, object_pairs_hook=_without_duplicates)
            _written(found).encode()
        except (ValueError, RecursionError):
            return {}
        if not isinstance(found, dict):
            return {}
        inner = found.get("AIGC", found)
        return inner if isinstance(inner, dict) else {}

    def facts(self) -> dict[str, str]:
        """The fields of facts.AigcFacts."""
        fields = self._fields
        label = str(fields.get("Label", ""))
        producer = filter(str.isprintable, str(fields.get("ContentProducer", "")))
        return {
            "aigc_label": label if label in LABELS else UNREADABLE,
            "aigc_producer": "".join(producer)[:200],
            "aigc_raw_sha256": hashlib.sha256(self.raw.encode()).hexdigest(),
            "aigc_raw": self.raw,
        }

    def as_xmp(self) -> bytes:
        """An XMP packet that carries the label into a copy, and nothing else."""
        return (
            '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
            'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
            f'<rdf:Description rdf:about="" xmlns:TC260="{NAMESPACE}">'
            f"<TC260:AIGC>{escape(self.raw, quote=False)}</TC260:AIGC>"
            "</rdf:Description></rdf:RDF></x:xmpmeta>"
        ).encode()


def served_label(
    own: AigcLabel | None, *, otherwise: str, propagator: str, number: str
) -> AigcLabel | None:
    """The label of a copy that is given out: who spreads it, and under which number.

    What its producer wrote stays as it was; ReservedCode2 belongs to the propagator and
    goes with an earlier one. Without a label of its own a copy gets `otherwise` (what
    the entrant says or a reviewer suspects; "" is none). One that nobody can read, or
    that would be too long, stays as found.
    """
    if own is not None and not own._fields:
        return own
    if own is None and not otherwise:
        return None
    fields = dict.fromkeys(FIELDS, "") | {"Label": otherwise}
    fields |= own._fields if own else {}
    fields |= {
        "ContentPropagator": propagator,
        "PropagateID": number,
        "ReservedCode2": "",
    }
    served = AigcLabel(_written(fields))
    return own if own and len(served.as_xmp()) > MAX_SERVED_BYTES else served


def _written(fields: object) -> str:
    """ValueError for what is no JSON, or no text of whole characters once encoded."""
    return json.dumps(
        fields, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def label_from_text(text: object) -> AigcLabel | None:
    """The label in a tag's value; None when it is empty or too long to be one."""
    if isinstance(text, bytes):
        text = text.removeprefix(b"ASCII\0\0\0").decode("ascii", "replace")
    text = str(text or "").strip(" \0\r\n\t")
    if not text or len(text) > MAX_LABEL_BYTES:
        return None
    label = AigcLabel("".join(char for char in text if char.isprintable()))
    return label if len(label.as_xmp()) <= MAX_LABEL_BYTES else None


def label_from_comment(value: object) -> AigcLabel | None:
    """The label in an EXIF UserComment, which may hold anything else instead."""
    head = value[:64] if isinstance(value, bytes) else str(value or "")[:64].encode()
    return label_from_text(value) if b'"AIGC"' in head else None
