"""The style page shows every component, and not to everybody in production."""

from pathlib import Path

import pytest

from accounts.models import Role
from tests.factories.accounts import make_worker
from tests.factories.contests import make_miniature_contest

pytestmark = pytest.mark.django_db

# Parts of other pages' frames, and those that need a page's own data.
SHOWN_ELSEWHERE = {
    *("activity_row", "picture", "river", "unit_scroll", "preview_form"),
    *("brand_mark", "rule_item", "lost", "work_picture", "keys"),
}


@pytest.mark.parametrize("part", ["", "desk/", "wizard/", "components/"])
def test_every_part_is_drawn(client, part):
    make_miniature_contest()

    response = client.get(f"/style/{part}")

    assert response.status_code == 200


def test_every_component_is_on_some_style_page(client):
    make_miniature_contest()
    folder = Path("templates/components")
    components = {path.stem for path in folder.glob("*.html")} - SHOWN_ELSEWHERE

    shown = set()
    for part in ("", "desk/", "wizard/"):
        for template in client.get(f"/style/{part}").templates:
            shown.add(template.name.split("/")[-1].removesuffix(".html"))

    assert components - shown == set()


def test_an_unknown_part_is_not_found(client):
    assert client.get("/style/nothing/").status_code == 404


def test_in_production_strangers_do_not_see_it(client, settings):
    settings.IN_PRODUCTION = True

    assert client.get("/style/").status_code == 404


def test_in_production_staff_see_it(client, settings):
    contest = make_miniature_contest()
    settings.IN_PRODUCTION = True
    client.force_login(make_worker(contest, Role.ORGANISER))

    assert client.get("/style/").status_code == 200
