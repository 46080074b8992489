"""What every page may show."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Role
from contest_portal.desk.context import site_of
from tests.factories.accounts import make_worker
from tests.factories.contests import make_shipped_contest
from tests.factories.submissions import make_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return make_shipped_contest()


def site_for(rf, user, path="/"):
    request = rf.get(path)
    request.user = user
    return site_of(request)


def test_the_site_is_read_once_per_request(rf, contest, django_assert_num_queries):
    request = rf.get("/")
    request.user = make_worker(contest, Role.ORGANISER)

    with django_assert_num_queries(2):
        for _time in range(2):
            site = site_of(request)
            assert site.contest == contest
            assert site.roles == {Role.ORGANISER}


def test_a_visitor_has_no_desk(rf, contest):
    site = site_for(rf, AnonymousUser())

    assert (site.desk_links, site.desk_home) == ([], None)


@pytest.mark.parametrize(
    ("role", "first"),
    [
        (Role.ORGANISER, "organiser"),
        (Role.SUPERVISOR, "organiser"),
        (Role.REVIEWER, "submissions:screening-queue"),
        (Role.JUDGE, "admin:judging_ballot_changelist"),
    ],
)
def test_the_work_desk_begins_with_what_the_role_is_for(rf, contest, role, first):
    site = site_for(rf, make_worker(contest, role))

    assert site.desk_home.name == first


def test_the_present_page_is_marked_in_the_top_bar(rf, contest):
    site = site_for(rf, AnonymousUser(), "/notice/")

    assert [link.name for link in site.links if link.is_current] == ["contests:notice"]


def test_home_is_current_on_no_other_page(rf, contest):
    site = site_for(rf, AnonymousUser(), "/")

    assert [link.name for link in site.links if link.is_current] == ["home"]


def test_a_contest_without_a_programme_leads_to_none(rf):
    contest = make_contest()

    site = site_for(rf, make_worker(contest, Role.ORGANISER))

    links = [*site.links, *site.tabs, *(link for g in site.desk_links for link in g)]
    assert [link.name for link in links if link.name.startswith("outreach")] == []
