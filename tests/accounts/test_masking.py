import pytest

from accounts.masking import fingerprint, mask_name, mask_phone


@pytest.mark.parametrize("phone", ["+8619900001234", "19900001234"])
def test_phone_keeps_three_and_four_digits(phone):
    assert mask_phone(phone) == "199****1234"


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("", ""),
        ("荷", "荷"),
        ("小荷", "小*"),
        ("王小荷", "王*荷"),
        ("王小小荷", "王**荷"),
        ("欧阳荷", "欧阳*"),
        ("欧阳小荷", "欧阳**"),
        ("阿依古·买买提", "阿**·***"),
        ("Jane Sample", "J*** S*****"),
    ],
)
def test_name_keeps_what_custom_lets_stand(name, masked):
    assert mask_name(name) == masked


def test_fingerprint_is_stable_and_tells_numbers_apart():
    first, again, other = map(
        fingerprint, ["+8619900001234", "+8619900001234", "+8619900001235"]
    )

    assert first == again
    assert first != other
