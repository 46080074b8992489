import pytest

from submissions.media.pictures.xmp import read_xmp
from submissions.media.provenance.labels import (
    AigcLabel,
    label_from_comment,
    label_from_text,
    served_label,
)

NAMESPACES = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/" '
    'xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
    'xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" '
    'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
)


def packet(attributes="", body=""):
    description = f"<rdf:Description {attributes}>{body}</rdf:Description>"
    return f"<rdf:RDF {NAMESPACES}>{description}</rdf:RDF>".encode()


@pytest.mark.parametrize(
    ("raw", "label", "producer"),
    [
        ('{"Label":"1","ContentProducer":"001"}', "1", "001"),
        ('{"AIGC":{"Label":"3"}}', "3", ""),
        ('{"Label":2}', "2", ""),
        ('{"Label":"9"}', "?", ""),
        ('{"Label":"1","Label":"2"}', "?", ""),
        ("[1]", "?", ""),
        ('{"AIGC":[]}', "?", ""),
        ("[" * 9000, "?", ""),
        ("no json", "?", ""),
        ('{"Label":"1","ContentProducer":"\\ud800"}', "?", ""),
        ('{"Label":"1","ReservedCode1":NaN}', "?", ""),
        ('{"Label":"1","ReservedCode1":1e999}', "?", ""),
        ('{"Label":"1","ContentProducer":"a\\u0000\\u202eb"}', "1", "ab"),
    ],
)
def test_a_label_that_cannot_be_read_is_still_a_label(raw, label, producer):
    facts = AigcLabel(raw).facts()

    assert (facts["aigc_label"], facts["aigc_producer"]) == (label, producer)


@pytest.mark.parametrize(
    "text", [None, "", "  ", "x" * 16385, "&" * 4000, "好" * 6000, "\U0001f642" * 5000]
)
def test_an_empty_or_endless_text_is_no_label(text):
    assert label_from_text(text) is None


def test_the_longest_label_still_fits_into_a_jpeg_when_it_is_given_out():
    numbers = ",".join(["1e15"] * 3150)
    own = label_from_text(f'{{"Label":"1","ReservedCode1":[{numbers}]}}')

    served = served_label(own, otherwise="", propagator="p" * 30, number="n" * 32)

    assert own is not None
    assert len(served.as_xmp()) < 60_000
    assert served.facts()["aigc_label"] == "1"


def test_a_comment_is_a_label_only_when_it_says_so():
    assert label_from_comment(b"ASCII\0\0\0holiday") is None
    assert label_from_comment(b'ASCII\0\0\0{"AIGC":{}}') == AigcLabel('{"AIGC":{}}')


def test_xmp_says_the_few_things_asked_of_it():
    xmp = read_xmp(
        packet(
            'xmp:CreatorTool="Adobe Photoshop 25.0" Iptc4xmpExt:DigitalSourceType='
            '"http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"',
            '<xmpMM:History/><TC260:AIGC>{"Label":"1"}</TC260:AIGC>',
        )
    )

    assert xmp.label == AigcLabel('{"Label":"1"}')
    assert xmp.creator_tool == "Adobe Photoshop 25.0"
    assert xmp.digital_source_type == "trainedAlgorithmicMedia"
    assert xmp.has_history


@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        b"<rdf",
        b"\xff\xfe",
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        b'<?xml version="1.0" encoding="nonsense"?><a/>',
    ],
)
def test_xmp_that_is_broken_or_hostile_says_nothing(hostile):
    assert read_xmp(hostile) == read_xmp(b"<a/>")


def test_a_label_comes_back_from_its_own_packet():
    label = AigcLabel('{"Label":"1","ReservedCode1":"<&>"}')

    assert read_xmp(label.as_xmp()).label == label
