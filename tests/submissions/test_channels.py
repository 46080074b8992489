"""Through which door a work comes in is told by the door, never by the entrant."""

import pytest

from accounts.models import AccessToken
from accounts.tokens import issue_token
from submissions.channels import enter_by
from submissions.models import Submission
from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import make_contest, make_handed_in, make_reviewer

pytestmark = pytest.mark.django_db

Channel = Submission.Channel


@pytest.fixture
def contest():
    return make_contest()


@pytest.fixture
def citizen(contest):
    return CitizenFactory()


def begin(client):
    client.post("/submit/")
    return Submission.objects.get().channel


def test_the_website_is_the_website(client, citizen):
    client.force_login(citizen)

    assert begin(client) == Channel.WEB


def test_who_came_by_the_official_account_stays_so(client, citizen):
    client.get("/h5/")
    client.force_login(citizen)

    assert begin(client) == Channel.OFFICIAL_ACCOUNT


def test_the_websites_own_scripts_keep_the_channel_of_the_session(client, citizen):
    client.get("/h5/")
    client.force_login(citizen)

    client.post("/api/v1/submissions/", {}, content_type="application/json")

    assert Submission.objects.get().channel == Channel.OFFICIAL_ACCOUNT


@pytest.mark.parametrize("channel", AccessToken.Channel.values)
def test_a_program_s_drafts_carry_the_channel_of_its_token(client, citizen, channel):
    _token, secret = issue_token(user=citizen, channel=channel)

    answer = client.post(
        "/api/v1/submissions/",
        {},
        content_type="application/json",
        headers={"authorization": f"Token {secret}"},
    )

    assert (answer.status_code, answer.json()["channel"]) == (201, channel)
    assert Submission.objects.get().channel == channel


def test_every_channel_of_tokens_is_one_of_submissions():
    assert set(AccessToken.Channel.values) < set(Channel.values)


@pytest.mark.parametrize("channel", sorted(set(Channel) - {Channel.OFFICIAL_ACCOUNT}))
def test_no_session_enters_by_another_channel(rf, channel):
    with pytest.raises(ValueError, match="no channel of sessions"):
        enter_by(rf.get("/"), channel)


def test_staff_see_the_channel_and_the_entrant_does_not(client, contest):
    work = make_handed_in(contest, channel=Channel.ALIPAY_MINI_PROGRAM)

    client.cookies["django_language"] = "en"
    client.force_login(work.author)
    own = client.get(work.get_absolute_url())
    client.force_login(make_reviewer(contest))
    seen = client.get(work.get_absolute_url())

    assert "Alipay mini-program" not in own.content.decode()
    assert "Alipay mini-program" in seen.content.decode()
