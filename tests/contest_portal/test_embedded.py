"""The embedded servers are real and set up as the portal needs them."""

import pytest
from django.core.cache import cache
from django.db import connection


@pytest.mark.django_db
def test_trigrams_of_chinese_text_are_found():
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")

        cursor.execute("SELECT cardinality(show_trgm('山河新声'))")

        assert cursor.fetchone() == (5,)


def test_the_cache_is_a_real_server_of_this_run():
    cache.set("season", "秋")

    assert cache.get("season") == "秋"
