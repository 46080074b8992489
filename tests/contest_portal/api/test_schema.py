"""The schema is without a warning, and the running portal keeps to it.

Each call of the schema is made with what Schemathesis invents, by a person who has a
draft, a file and a token. Whatever comes, the portal never breaks down.
"""

import pytest
import schemathesis
from django.core.management import call_command
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from accounts.tokens import issue_token
from tests.factories.submissions import (
    COLLECTION_DAY,
    make_complete_draft,
    make_contest,
)

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
FEW = settings(
    max_examples=8,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def described():
    return SchemaGenerator().get_schema(request=None, public=True)


def calls():
    """(method, path) of every call."""
    return [
        (method, path)
        for path, methods in described()["paths"].items()
        for method in methods
    ]


@pytest.fixture
def contest(transactional_db, settings):
    settings.DEMO_TODAY = COLLECTION_DAY
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "9999/m/ip"}
    return make_contest()


def test_the_schema_has_neither_errors_nor_warnings(tmp_path):
    call_command(
        "spectacular", "--validate", "--fail-on-warn", "--file", tmp_path / "schema.yml"
    )


def test_no_call_needs_another_method_than_get_and_post():
    methods = {method for item in described()["paths"].values() for method in item}

    assert methods == {"get", "post"}


def test_every_call_has_a_name_of_its_own():
    names = [
        call["operationId"]
        for item in described()["paths"].values()
        for call in item.values()
    ]

    assert len(names) == len(set(names))


def test_the_portal_never_breaks_down(live_server, contest, subtests):
    schema = schemathesis.openapi.from_dict(described())
    schema.config.update(base_url=live_server.url)

    for method, path in calls():
        with subtests.test(msg=f"{method.upper()} {path}"):
            draft = make_complete_draft(contest)
            make_calls(schema[path][method], draft, path)


def make_calls(operation, draft, path):
    """Some calls about what is there, and some about what is not."""
    _token, secret = issue_token(user=draft.author, channel="wechat_mini_program")
    headers = {"Authorization": f"Token {secret}"}
    there = draft.pk if "/submissions/" in path else draft.media_files.get().pk

    @FEW
    @given(case=operation.as_strategy(), is_there=st.booleans())
    def call(case, is_there):
        if "id" in (case.path_parameters or {}):
            case.path_parameters["id"] = there if is_there else 0
        response = case.call(headers=headers)
        case.validate_response(response, checks=CHECKS)
        if response.status_code >= 400:
            assert {"code", "detail"} <= response.json().keys()

    call()
