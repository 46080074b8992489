"""Names of files: what people see of them, and what cannot be done with them."""

import pytest

from submissions.filenames import plain_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("我的 桥.jpg", "我的 桥.jpg"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\a.jpg", "a.jpg"),
        ("/", ""),
        ("..", ""),
        ("a\0b.jpg", "ab.jpg"),
        ("a\r\nSet-Cookie: b.jpg", "aSet-Cookie: b.jpg"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("\u2066a\u2069\ufeff.jpg", "a.jpg"),
        ("a\ud800.jpg", "a.jpg"),
        ("a\u2028b.jpg", "ab.jpg"),
        ("  a   b .jpg ", "a b .jpg"),
        ("-rf.jpg", "-rf.jpg"),
        ("👩\u200d🚀🇨🇳.jpg", "👩\u200d🚀🇨🇳.jpg"),
        ("x" * 4096 + ".jpg", "x" * 251 + ".jpg"),
        ("x." + "y" * 4096, "x." + "y" * 253),
    ],
)
def test_a_name_is_only_what_can_be_seen_of_its_last_part(given, kept):
    assert plain_name(given) == kept
