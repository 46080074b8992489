"""Whole examinations of real pictures: header, decode, copies."""

import io
import struct

import pytest
from PIL import ExifTags, Image, ImageCms

from submissions.media.examine import examine
from tests.submissions.media import makers
from tests.submissions.media.categories import GRAPHIC, PHOTO
from tests.submissions.media.makers import by_kind, codes

CAMERA = "示例 Camera".encode()
AIGC = '{"Label":"1","ContentProducer":"00119111"}'


def exif_with(gps=False, **tags):
    exif = Image.Exif()
    for name, value in tags.items():
        exif[ExifTags.Base[name]] = value
    if gps:
        exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    return exif


def xmp_with(label):
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
        'xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/">'
        f"<TC260:AIGC>{label}</TC260:AIGC>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def look(path, category=GRAPHIC, **options):
    return examine(path, category=category, **options)


def written(tmp_path, data):
    path = tmp_path / "a.jpg"
    path.write_bytes(data)
    return path


def test_a_plain_picture_passes_with_its_facts(tmp_path):
    path = makers.picture(tmp_path / "a.jpg", dpi=(300, 300))

    examination = look(path)

    facts = examination.facts
    assert (examination.verdict, examination.findings) == ("passed", [])
    assert (facts.width_px, facts.height_px, facts.mode) == (1800, 1200, "RGB")
    assert (facts.coding, facts.scan_count, facts.frames) == ("baseline", 1, 1)
    assert (facts.dpi_x, facts.dpi_y, facts.dpi_source) == (300.0, 300.0, "jfif")
    assert (facts.is_decodable, facts.trailing_bytes) == (True, 0)
    assert facts.size_bytes == path.stat().st_size


def test_a_progressive_picture_passes(tmp_path):
    path = makers.picture(tmp_path / "a.jpg", dpi=(300, 300), progressive=True)

    examination = look(path)

    assert (examination.verdict, examination.facts.coding) == ("passed", "progressive")
    assert examination.facts.scan_count == 10


def test_density_per_centimetre_is_converted(tmp_path):
    data = bytearray(makers.jpeg_bytes(dpi=(118, 118)))
    data[data.index(b"JFIF\0") + 7] = 2

    examination = look(written(tmp_path, data))

    assert (examination.facts.dpi_x, examination.verdict) == (299.72, "passed")


@pytest.mark.parametrize(
    ("unit", "value", "dpi"), [(2, 300, 300.0), (3, 118.11, 300.0), (2, 72, 72.0)]
)
def test_density_in_exif_counts_where_jfif_says_nothing(tmp_path, unit, value, dpi):
    exif = exif_with(XResolution=value, YResolution=value, ResolutionUnit=unit)
    path = makers.picture(tmp_path / "a.jpg", exif=exif)

    facts = look(path).facts

    assert (facts.dpi_x, facts.dpi_source) == (pytest.approx(dpi, abs=0.01), "exif")


def test_densities_that_disagree_are_both_known(tmp_path):
    exif = exif_with(XResolution=300, YResolution=300, ResolutionUnit=2)
    path = makers.picture(tmp_path / "a.jpg", exif=exif, dpi=(72, 72))

    examination = look(path)

    assert codes(examination) == ["IMG-DPI-CONFLICT"]
    assert (examination.facts.dpi_x, examination.facts.dpi_others) == (
        72.0,
        {"exif": 300.0},
    )


def test_photoshop_s_density_counts_where_nothing_else_is_said(tmp_path):
    info = struct.pack(">IHHIHH", 300 << 16, 1, 1, 300 << 16, 1, 1)
    block = b"Photoshop 3.0\0" + b"8BIM\x03\xed\0\0" + struct.pack(">I", 16) + info
    segment = b"\xff\xed" + struct.pack(">H", len(block) + 2) + block
    data = makers.jpeg_bytes()
    data = data[:2] + segment + data[2:]

    facts = look(written(tmp_path, data)).facts

    assert (facts.dpi_x, facts.dpi_y, facts.dpi_source) == (300.0, 300.0, "photoshop")


def test_a_picture_without_density_tells_its_size_in_print(tmp_path):
    [finding] = look(makers.picture(tmp_path / "a.jpg")).findings

    assert finding.code == "IMG-DPI-MISSING"
    assert finding.params["print_cm"] == (15.2, 10.2)


@pytest.mark.parametrize(
    ("mode", "category", "found"),
    [
        ("CMYK", GRAPHIC, ("failed", ["IMG-MODE-CMYK"])),
        ("L", GRAPHIC, ("review", ["IMG-MODE-GREY"])),
        ("L", PHOTO, ("review", ["IMG-EXIF-NONE"])),
    ],
)
def test_colour_modes(tmp_path, mode, category, found):
    path = makers.picture(
        tmp_path / "a.jpg", makers.photograph(mode=mode), dpi=(300, 300)
    )

    examination = look(path, category, scratch_dir=tmp_path)

    assert (examination.verdict, codes(examination)) == found
    assert set(by_kind(examination)) == {"view", "thumbnail"}


def test_a_colour_profile_is_named(tmp_path):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    path = makers.picture(tmp_path / "a.jpg", dpi=(300, 300), icc_profile=profile)

    facts = look(path, scratch_dir=tmp_path).facts

    assert (facts.icc_profile, facts.icc_is_srgb) == ("sRGB built-in", True)


def test_copies_stand_upright_and_carry_nothing_of_the_author(tmp_path):
    exif = exif_with(
        gps=True, Orientation=6, Make="示例", Artist="王小荷", Software="1.0"
    )
    path = makers.picture(tmp_path / "a.jpg", exif=exif, comment=b"secret")

    examination = look(path, PHOTO, scratch_dir=tmp_path)

    facts = examination.facts
    assert (facts.display_width_px, facts.display_height_px) == (1200, 1800)
    assert facts.has_gps
    view, thumbnail = (by_kind(examination)[k] for k in ("view", "thumbnail"))
    assert (view.width_px, view.height_px) == (1200, 1800)
    assert (thumbnail.width_px, thumbnail.height_px) == (300, 450)
    for copy in (view, thumbnail):
        with Image.open(copy.path) as image:
            image.load()
            assert image.size == (copy.width_px, copy.height_px)
            assert not image.getexif()
            assert {"exif", "comment", "xmp", "icc_profile"}.isdisjoint(image.info)
            red, green, _blue = image.convert("RGB").getpixel((image.width - 9, 9))
            assert (red > 200, green < 60) == (True, True)


def test_a_small_picture_is_not_blown_up(tmp_path):
    path = makers.picture(tmp_path / "a.jpg", makers.photograph((300, 200)))

    examination = look(path, scratch_dir=tmp_path)

    sizes = {(c.width_px, c.height_px) for c in by_kind(examination).values()}
    assert sizes == {(300, 200)}


def test_a_label_of_generated_content_is_read_and_survives(tmp_path):
    path = makers.picture(tmp_path / "a.jpg", xmp=xmp_with(AIGC))

    examination = look(path, PHOTO, scratch_dir=tmp_path)

    assert examination.verdict == "failed"
    assert codes(examination) == ["IMG-EXIF-NONE", "IMG-AIGC-LABELLED"]
    assert examination.facts.aigc_producer == "00119111"
    for copy in by_kind(examination).values():
        again = makers.picture(tmp_path / "b.jpg", xmp=_xmp_of(copy.path))
        assert look(again).facts.aigc_raw_sha256 == examination.facts.aigc_raw_sha256


def _xmp_of(path):
    with Image.open(path) as image:
        return image.info["xmp"]


def test_a_label_in_a_user_comment_is_read(tmp_path):
    exif = Image.Exif()
    comment = b"ASCII\0\0\0" + b'{"AIGC":{"Label":"2"}}'
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = comment
    path = makers.picture(tmp_path / "a.jpg", exif=exif)

    assert look(path).facts.aigc_label == "2"


def test_an_editing_program_in_a_photograph_is_left_to_a_person(tmp_path):
    exif = exif_with(Make="示例", Software="Adobe Photoshop 25.0")
    path = makers.picture(tmp_path / "a.jpg", exif=exif)

    examination = look(path, PHOTO)

    assert (examination.verdict, codes(examination)) == (
        "review",
        ["IMG-EDIT-SOFTWARE"],
    )


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("kept", [0.3, 0.99])
def test_an_upload_cut_short_is_told_as_such(tmp_path, progressive, kept):
    data = makers.jpeg_bytes(dpi=(300, 300), progressive=progressive)

    examination = look(written(tmp_path, data[: int(len(data) * kept)]))

    assert (examination.verdict, codes(examination)) == (
        "failed",
        ["IMG-DATA-TRUNCATED"],
    )


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data, at: data[:at] + data[at + 512 :],
        lambda data, at: data[:at] + bytes(4096) + data[at + 4096 :],
    ],
)
def test_a_hole_in_the_middle_is_left_to_a_person(tmp_path, spoil):
    data = makers.jpeg_bytes(dpi=(300, 300), quality=95)

    examination = look(written(tmp_path, spoil(data, len(data) // 2)))

    assert (examination.verdict, codes(examination)) == ("review", ["IMG-DATA-GLITCH"])


def test_padding_before_the_end_is_harmless(tmp_path):
    data = makers.jpeg_bytes(dpi=(300, 300))

    examination = look(written(tmp_path, data[:-2] + bytes(9) + data[-2:]))

    assert (examination.verdict, codes(examination)) == ("passed", [])


@pytest.mark.parametrize(
    ("tail", "verdict", "code"),
    [
        (b"PK\x03\x04" + bytes(99), "review", "IMG-DATA-FOREIGN"),
        (b"\r\n<!DOCTYPE html><p>", "review", "IMG-DATA-FOREIGN"),
        (b"\xff\xd8\xff\xe0 second view", "passed", "IMG-DATA-TRAILING"),
        (b"\0\0\0\x18ftypmp42 motion", "passed", "IMG-DATA-TRAILING"),
        (b"SEFH" + bytes(40), "passed", "IMG-DATA-TRAILING"),
    ],
)
def test_what_lies_behind_the_picture(tmp_path, tail, verdict, code):
    path = written(tmp_path, makers.jpeg_bytes(dpi=(300, 300)) + tail)

    examination = look(path)

    assert (examination.verdict, codes(examination)) == (verdict, [code])
    assert examination.facts.trailing_bytes == len(tail)


def test_a_script_in_the_comment_is_left_to_a_person(tmp_path):
    path = makers.picture(
        tmp_path / "a.jpg", dpi=(300, 300), comment=b"<?php system(1);"
    )

    assert codes(look(path)) == ["IMG-DATA-FOREIGN"]


def test_two_pictures_in_one_file_pass(tmp_path):
    path = tmp_path / "a.jpg"
    views = [makers.photograph((1600, 1200)), makers.photograph((1600, 1200))]
    exif = exif_with(Make="示例")
    views[0].save(path, "MPO", save_all=True, append_images=views[1:], exif=exif)

    examination = look(path, PHOTO)

    assert examination.verdict == "passed"
    assert examination.facts.frames == 2


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF", "TIFF", "BMP"])
def test_another_format_by_a_jpg_name_is_refused(tmp_path, kind):
    buffer = io.BytesIO()
    makers.photograph((64, 64)).save(buffer, kind)

    [finding] = look(written(tmp_path, buffer.getvalue())).findings

    assert (finding.code, finding.measured) == ("IMG-FORMAT-OTHER", kind.lower())


def test_a_picture_of_200_million_pixels_passes(tmp_path):
    path = tmp_path / "a.jpg"
    Image.new("RGB", (16320, 12240), "teal").save(path, dpi=(300, 300))

    examination = look(path, scratch_dir=tmp_path)

    assert (examination.verdict, codes(examination)) == ("passed", [])
    view = by_kind(examination)["view"]
    assert (view.width_px, view.height_px) == (1020, 765)
