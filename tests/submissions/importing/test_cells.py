"""Whatever a spreadsheet did to a cell, its meaning comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.phones import normalise
from submissions.importing import cells

DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
names = st.text("王李张陈小荷花一二三", min_size=2, max_size=6)


@given(mobiles, st.sampled_from(["text", "number", "wide", "spaced", "country"]))
def test_a_mobile_number_survives_every_way_of_typing_it(number, way):
    typed = {
        "text": number,
        "number": float(number),
        "wide": number.translate(DIGITS),
        "spaced": f"{number[:3]} {number[3:7]}-{number[7:]}",
        "country": f"＋86　{number}",
    }[way]

    assert normalise(cells.digits_of(cells.written(typed))) == f"+86{number}"


@given(mobiles)
def test_a_number_in_scientific_notation_keeps_its_digits_or_is_refused(number):
    whole = f"{number[0]}.{number[1:]}E+10"
    short = f"{number[0]}.{number[1:5]}E+10"

    assert cells.digits_of(whole) == number
    with pytest.raises(cells.Rounded):
        cells.digits_of(short)


@given(
    st.lists(names, min_size=1, max_size=6, unique=True), st.sampled_from("、，,；;/\n")
)
def test_names_come_apart_at_every_sign_people_put_between_them(people, sign):
    assert cells.names_in(f" {sign} ".join(people)) == people


@given(st.text(max_size=60))
def test_reading_a_text_twice_changes_nothing(text):
    once = cells.one_line(cells.narrowed(cells.written(text)))

    assert cells.one_line(cells.narrowed(cells.written(once))) == once
    assert "\n" not in once


@given(st.text(max_size=60))
def test_no_text_breaks_a_normaliser(text):
    written = cells.written(text)
    cells.names_in(written)
    cells.files_in(written)
    cells.addresses_in(written)
    cells.as_label(written)

    assert isinstance(cells.means_nothing(written), bool)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (3.0, "3"),
        (19900001234.0, "19900001234"),
        (1.5, "1.5"),
        (float("nan"), ""),
        (True, "TRUE"),
        ("\u3000晨跑\u200b ", "晨跑"),
    ],
)
def test_a_cell_is_written_as_somebody_meant_it(value, text):
    assert cells.written(value) == text


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("清晨的\n义务巡河队", "清晨的义务巡河队"),
        ("My\nriver", "My river"),
        ("第１集　ＣＩＴＹ", "第1集 CITY"),
    ],
)
def test_titles_become_one_line(typed, read):
    assert cells.narrowed(cells.one_line(typed)) == read


@pytest.mark.parametrize(
    ("typed", "people"),
    [
        ("张　三、李四", ["张三", "李四"]),
        ("阿依古丽．买买提", ["阿依古丽·买买提"]),
        ("John Smith/王小荷", ["John Smith", "王小荷"]),
        ("王小荷、王小荷", ["王小荷"]),
    ],
)
def test_names_are_written_as_names(typed, people):
    assert cells.names_in(typed) == people


@pytest.mark.parametrize("text", ["无", "/", "／", "-", "——", "N/A"])
def test_signs_for_nothing_mean_nothing(text):
    assert cells.means_nothing(text)


@pytest.mark.parametrize("text", ["同上", "〃", '"'])
def test_signs_for_the_row_above_mean_it(text):
    assert cells.means_above(text)


def test_addresses_come_out_of_a_share_text():
    text = "3.00 复制打开 https://v.douyin.com/iRNBho6u/ 看看\nhttps://v.douyin.com/iRNBho6u"

    assert cells.addresses_in(text) == ["https://v.douyin.com/iRNBho6u/"]


def test_files_lose_their_folders():
    assert cells.files_in(r"D:\作品\晨跑.mp4、b.JPG") == ["晨跑.mp4", "b.JPG"]
