"""Files find their work by name or title, and never two at once."""

import pytest

from submissions.importing.matching import Wanted, match

ROWS = {
    1: Wanted("清晨的巡河队", ("DSC_0001.jpg", "DSC_0002.jpg")),
    2: Wanted("放学路口", ("放学.mp4",)),
    3: Wanted("My River"),
    4: Wanted("老街"),
    5: Wanted("老 街"),
}


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("dsc_0002.JPG", 1),
        ("ＤＳＣ＿０００１．png", 1),
        (r"C:\作品\放学.MOV", 2),
        ("放学路口.mp4", 2),
        ("《放学路口》-2.jpg", 2),
        ("清晨的巡河队(3).jpg", 1),
        ("清晨的巡河队第2张.jpg", 1),
        ("my river 01.jpg", 3),
        ("老街.jpg", None),  # two works have this title
        ("别的.jpg", None),
        ("", None),
    ],
)
def test_a_file_goes_where_its_name_says(name, row):
    assert match([name], ROWS) == {name: row}
