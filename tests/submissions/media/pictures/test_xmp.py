"""What programs write beside a picture, read within bounds."""

from submissions.media.pictures.xmp import Xmp, read_xmp
from tests.submissions.media import phones

STEP = '<rdf:li stEvt:action="saved" stEvt:softwareAgent="{}"/>'


def history(*programs):
    steps = "".join(STEP.format(program) for program in programs)
    return f"<xmpMM:History><rdf:Seq>{steps}</rdf:Seq></xmpMM:History>"


def test_each_program_of_the_history_is_named_once_and_each_step_counted():
    xmp = read_xmp(phones.xmp(inside=history("One", "Two", "One", "")))

    assert xmp == Xmp(history=("One", "Two"), step_count=4, has_history=True)


def test_a_raw_development_is_known_by_its_settings():
    developed = phones.xmp('crs:HasSettings="True"')
    only_numbered = phones.xmp('crs:Version="15.3"')
    of_a_raw_file = phones.xmp(inside="<crs:RawFileName>A.NEF</crs:RawFileName>")

    assert read_xmp(developed).is_developed
    assert read_xmp(of_a_raw_file).is_developed
    assert not read_xmp(only_numbered).is_developed


def test_spots_taken_out_are_told_from_light_and_colour():
    spots = "<crs:RetouchAreas><rdf:Seq/></crs:RetouchAreas>"

    assert read_xmp(phones.xmp(inside=spots)).is_retouched
    assert not read_xmp(phones.xmp('crs:Exposure2012="+1.0"')).is_retouched


def test_a_picture_made_from_another_says_so():
    packet = phones.xmp(inside='<xmpMM:DerivedFrom stRef:documentID="xmp.did:1"/>')

    assert read_xmp(packet).has_parent


def test_the_camera_is_named_without_its_maker_twice():
    one = phones.xmp('tiff:Make="NIKON" tiff:Model="NIKON Z 6"')
    other = phones.xmp('tiff:Make="Canon" tiff:Model="EOS R6"')

    assert (read_xmp(one).camera, read_xmp(other).camera) == (
        "NIKON Z 6",
        "Canon EOS R6",
    )


def test_an_address_of_credentials_is_noticed_and_none_other():
    remote = phones.xmp('dcterms:provenance="https://example.org/a.c2pa"')
    inside = phones.xmp('dcterms:provenance="self#jumbf=c2pa"')

    assert read_xmp(remote).has_remote_manifest
    assert not read_xmp(inside).has_remote_manifest
