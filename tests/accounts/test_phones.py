import pytest

from accounts.phones import PhoneRefused, normalise, spaced


@pytest.mark.parametrize(
    "typed",
    [
        "19900001234",
        " 199 0000 1234 ",
        "199-0000-1234",
        "+86 199 0000 1234",
        "+86-19900001234",
        "8619900001234",
        "008619900001234",
        "１９９００００１２３４",
        "＋８６　１９９　００００　１２３４",
        "\u202a+8619900001234\u202c",
        "(+86)199.0000.1234",
        "199—0000—1234",
    ],
)
def test_number_is_understood_however_it_is_typed(typed):
    assert normalise(typed) == "+8619900001234"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "1990000123",
        "199000012345",
        "12900001234",
        "29900001234",
        "+1 199 0000 1234",
        "0571-00001234",
        "199٠٠٠٠1234",
        "19900001234a",
        "+86+8619900001234",
    ],
)
def test_anything_else_is_refused_with_a_code(typed):
    with pytest.raises(PhoneRefused) as refusal:
        normalise(typed)

    assert refusal.value.code == "phone_malformed"


def test_number_is_shown_in_three_groups():
    assert spaced("+8619900001234") == "199\N{NO-BREAK SPACE}0000\N{NO-BREAK SPACE}1234"
