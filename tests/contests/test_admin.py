"""The base of every admin page, and the rule book's rows to look at."""

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.models import Role
from contests import admin as contests_admin
from contests.admin import RuleBookAdmin
from contests.errors import RuleViolation
from contests.models import Unit
from tests.factories.accounts import make_worker
from tests.factories.contests import make_miniature_contest

pytestmark = pytest.mark.django_db

REGISTERED = [
    model
    for model, each in admin.site._registry.items()
    if isinstance(each, contests_admin.PublishedAdmin)
]


class RefusingAdmin(RuleBookAdmin):
    """Saves the row first, to show that a refusal undoes it."""

    fields = ["key", "name"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        raise RuleViolation("The name is taken by the weather.")

    def has_change_permission(self, request, obj=None):
        return True


@pytest.fixture
def contest():
    return make_miniature_contest()


@pytest.fixture
def organiser(client, contest):
    user = make_worker(contest, Role.ORGANISER)
    client.force_login(user)
    return user


def refused(rf, user, unit):
    request = rf.post("/", {"key": unit.key, "name": "一碗云"})
    request.user, request._dont_enforce_csrf_checks = user, True
    view = RefusingAdmin(Unit, admin.site)
    return view.changeform_view(request, str(unit.pk))


def test_a_refusal_is_told_in_the_form_and_keeps_what_was_typed(rf, contest, organiser):
    unit = contest.units.get()

    response = refused(rf, organiser, unit)

    response.render()
    html = response.content.decode()
    assert response.status_code == 200
    assert "The name is taken by the weather." in html
    assert 'value="一碗云"' in html


def test_a_refusal_undoes_what_was_saved(rf, contest, organiser):
    unit = contest.units.get()

    refused(rf, organiser, unit)

    unit.refresh_from_db()
    assert unit.name == "一碗面"


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model.__name__)
def test_rows_of_the_rule_book_are_only_looked_at(client, organiser, model):
    name = f"admin:contests_{model._meta.model_name}"
    row = model.objects.first()

    listed = client.get(reverse(f"{name}_changelist"))

    assert listed.status_code == 200
    assert client.get(reverse(f"{name}_add")).status_code == 403
    if row is not None:
        shown = client.get(reverse(f"{name}_change", args=[row.pk]))
        assert shown.status_code == 200
        assert b'name="_save"' not in shown.content
        changed = client.post(reverse(f"{name}_change", args=[row.pk]), {"name": "x"})
        assert changed.status_code == 403
        deleted = client.post(reverse(f"{name}_delete", args=[row.pk]))
        assert deleted.status_code == 403


def test_somebody_without_a_work_account_does_not_reach_them(client, contest):
    response = client.get(reverse("admin:contests_unit_changelist"))

    assert response.status_code == 302
