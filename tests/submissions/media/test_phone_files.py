"""Files as phones write them are let in: refusing one wrongly is the worst error."""

import pytest
from django.utils import translation

from submissions.media.examine import examine, examine_set
from tests.submissions.media import makers, phones
from tests.submissions.media.categories import GRAPHIC, PHOTO


def judged(path, category=PHOTO):
    examination = examine(path, category=category)
    codes = [finding.code.value for finding in examination.findings]
    return examination.verdict.value, codes


@pytest.fixture(scope="module")
def film(shelf):
    """Three seconds as a motion photo keeps them."""
    path = makers.film(shelf / "motion.mp4", size="320x240", seconds=1.0)
    return path.read_bytes()


TOLD = ["IMG-DATA-TRAILING"]
PHOTOGRAPHS = {
    "an iPhone held upright": (
        lambda film: phones.photo(exif=phones.apple(turned=6)),
        ("passed", []),
    ),
    "an iPhone in Display P3": (
        lambda film: phones.photo(
            exif=phones.apple(), icc_profile=phones.profile("Display P3")
        ),
        ("passed", ["IMG-PROFILE-OTHER"]),
    ),
    "a mirrored selfie": (
        lambda film: phones.photo((1200, 1600), exif=phones.android(turned=2)),
        ("passed", []),
    ),
    "an orientation that is none": (
        lambda film: phones.photo(exif=phones.android(turned=0)),
        ("passed", []),
    ),
    "an HDR picture of an iPhone, its gain map behind it": (
        lambda film: phones.with_gain_map(phones.photo(exif=phones.apple())),
        ("passed", TOLD),
    ),
    "Ultra HDR of an Android phone": (
        lambda film: phones.with_gain_map(
            phones.photo(exif=phones.android("Google", "Pixel 8", "HDR+ 1.0.585"))
        ),
        ("passed", TOLD),
    ),
    "a motion photo of a Pixel": (
        lambda film: phones.with_film(
            phones.photo(exif=phones.android("Google", "Pixel 8", "HDR+ 1.0.585")), film
        ),
        ("passed", TOLD),
    ),
    "a motion photo of a Samsung": (
        lambda film: (
            phones.photo(exif=phones.android("samsung", "SM-S9180", "S9180ZCU3BWK5"))
            + phones.samsung_trailer(
                Image_UTC_Data=b"1687051815000", MotionPhoto_Data=film
            )
        ),
        ("passed", TOLD),
    ),
    "the still of a live photo": (
        lambda film: phones.photo(exif=phones.apple()),
        ("passed", []),
    ),
    "a depth map in further packets": (
        lambda film: phones.with_more_xmp(phones.photo(exif=phones.android())),
        ("passed", []),
    ),
    "a panorama": (
        lambda film: phones.photo((8000, 1900), exif=phones.apple()),
        ("passed", []),
    ),
    "a square of a phone's own": (
        lambda film: phones.photo((1440, 1440), exif=phones.android("vivo", "V2241A")),
        ("passed", []),
    ),
    "a whole screen of a phone": (
        lambda film: phones.photo((2600, 1170), exif=phones.android("OPPO", "PHY110")),
        ("passed", []),
    ),
    "a maker's note of noise": (
        lambda film: phones.photo(
            exif=phones.android("HUAWEI", note=phones.noise(50_000))
        ),
        ("passed", []),
    ),
    "a watermark's data behind the picture": (
        lambda film: phones.photo(exif=phones.android()) + phones.noise(9000),
        ("passed", TOLD),
    ),
    "a portrait's depth behind the picture": (
        lambda film: (
            phones.photo(exif=phones.android("HUAWEI", "ALN-AL00"))
            + b"\0edof\0"
            + bytes(5000)
        ),
        ("passed", TOLD),
    ),
    "zeros behind the picture": (
        lambda film: phones.photo(exif=phones.android()) + bytes(4096),
        ("passed", []),
    ),
    "private segments": (
        lambda film: phones.with_segment(
            phones.with_segment(
                phones.photo(exif=phones.android()), 0xE5, b"\xff\xd8\xff\xd9" * 99
            ),
            0xEB,
            b"HDR_RI ver=11" + bytes(400),
        ),
        ("passed", []),
    ),
    "folders of EXIF in the wrong place": (
        lambda film: phones.with_wrong_offsets(phones.photo(exif=phones.android())),
        ("passed", []),
    ),
    "EXIF of nonsense": (
        lambda film: phones.with_segment(
            phones.photo(), 0xE1, b"Exif\0\0MM\0*" + phones.noise(900)
        ),
        ("review", ["IMG-EXIF-NONE"]),
    ),
    "a progressive export": (
        lambda film: phones.photo(exif=phones.android(), progressive=True),
        ("passed", []),
    ),
    "recompressed by a chat program": (
        lambda film: phones.photo((1440, 1080), quality=60),
        ("review", ["IMG-EXIF-NONE"]),
    ),
    "made small by a chat program": (
        lambda film: phones.photo((1280, 960), quality=60),
        ("review", ["IMG-PIXELS-LOW", "IMG-EXIF-NONE"]),
    ),
    "cut on the phone": (
        lambda film: phones.photo((1600, 1100), exif=phones.apple(size=(4032, 3024))),
        ("review", ["IMG-SIZE-CHANGED"]),
    ),
    "exported from Lightroom on a phone": (
        lambda film: phones.with_xmp(
            phones.photo(exif=phones.android(software="Adobe Lightroom 9.1 (Android)")),
            phones.xmp(
                'xmp:CreatorTool="Adobe Lightroom 9.1 (Android)"',
                'crs:HasSettings="True" crs:Exposure2012="+0.35"',
                inside=(
                    "<xmpMM:History><rdf:Seq><rdf:li "
                    'stEvt:action="derived"/><rdf:li stEvt:action="saved" '
                    'stEvt:softwareAgent="Adobe Lightroom 9.1 (Android)"/>'
                    "</rdf:Seq></xmpMM:History>"
                ),
            ),
        ),
        ("review", ["IMG-EDIT-DEVELOPED"]),
    ),
    "smoothed by a beautifier": (
        lambda film: phones.photo(exif=phones.android(software="美图秀秀 9.8")),
        ("review", ["IMG-EDIT-SOFTWARE"]),
    ),
}


@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_a_phones_photograph_is_let_in(name, film, tmp_path):
    make, expected = PHOTOGRAPHS[name]
    path = tmp_path / "IMG_0001.JPG"
    path.write_bytes(make(film))

    assert judged(path) == expected
    assert "error" not in {
        finding.severity.value for finding in examine(path, category=GRAPHIC).findings
    }


def test_a_name_in_gb18030_is_read_behind_the_fence(tmp_path):
    tags = phones.android()
    tags[0x0131] = "醒图".encode("gb18030")
    path = tmp_path / "a.jpg"
    path.write_bytes(phones.photo(exif=tags))

    assert examine(path, category=PHOTO).facts.software == "醒图"


def test_a_burst_is_a_series(tmp_path):
    shots = [tmp_path / f"IMG_{number}.JPG" for number in range(5)]
    for number, path in enumerate(shots):
        taken = f"2023:06:18 09:30:{number:02}"
        picture = makers.photograph((1600, 1200)).rotate(number)
        makers.picture(path, picture, exif=phones.apple(taken=taken))

    together = examine_set(
        [examine(path, category=PHOTO) for path in shots], category=PHOTO
    )

    assert (together.verdict.value, together.findings) == ("passed", [])


def heic(brand: bytes) -> bytes:
    return b"\0\0\0\x1cftyp" + brand + b"\0\0\0\0mif1MiHEheic" + bytes(5000)


@pytest.mark.parametrize("brand", [b"heic", b"mif1", b"heix"])
def test_a_heic_is_told_how_to_become_a_jpg(tmp_path, brand):
    path = tmp_path / "IMG_0001.JPG"
    path.write_bytes(heic(brand))

    [finding] = examine(path, category=PHOTO).findings

    assert finding.code == "IMG-FORMAT-OTHER"
    with translation.override("en"):
        assert "Most Compatible" in finding.message


@pytest.mark.parametrize("brand", [b"qt  ", b"mp42"])
def test_the_film_of_a_live_photo_is_told_from_its_still(tmp_path, brand):
    path = tmp_path / "IMG_0001.JPG"
    path.write_bytes(b"\0\0\0\x14ftyp" + brand + b"\0\0\0\0" + brand + bytes(5000))

    [finding] = examine(path, category=PHOTO).findings

    assert (finding.code, finding.params["variant"]) == ("IMG-FORMAT-OTHER", "film")
