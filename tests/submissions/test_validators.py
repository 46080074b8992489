"""Unified social credit codes, as GB 32100 builds them."""

import pytest
from django.core.exceptions import ValidationError

from submissions.validators import clean_organisation_code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("91110000600037341L", "91110000600037341L"),
        ("9111 0000 6000 3734 1l", "91110000600037341L"),
        ("９１１１００００６０００３７３４１Ｌ", "91110000600037341L"),
        ("52000000MJ00000008", "52000000MJ00000008"),
        ("N2330106MF00000010", "N2330106MF00000010"),
        ("", ""),
    ],
)
def test_a_right_code_is_kept_in_capitals(written, code):
    assert clean_organisation_code(written) == code


@pytest.mark.parametrize(
    "written",
    [
        "91110000600037341M",  # the last character
        "91110000600037314L",  # two changed places
        "9111000060003734",
        "91110000600037341LL",
        "9111000060003734IL",  # there is no I
        "示例单位的统一社会信用代码一二三四五",
    ],
)
def test_a_slip_is_noticed(written):
    with pytest.raises(ValidationError) as refusal:
        clean_organisation_code(written)

    assert refusal.value.code == "FRM-CODE-WRONG"
