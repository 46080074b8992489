"""manage.py loadrulebook: what it says and what it refuses."""

import shutil
from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from contests.models import Contest, Picture
from contests.rulebook import default_rulebook
from tests.factories.contests import MINIATURE, miniature_rulebook, shipped_rulebook

pytestmark = pytest.mark.django_db


def loadrulebook(*arguments):
    out = StringIO()
    call_command("loadrulebook", *arguments, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(MINIATURE, tmp_path / "book")


def test_a_first_load_names_every_row_it_made():
    said = loadrulebook(MINIATURE)

    digest = miniature_rulebook().digest[:12]
    assert said == [
        f"yunxi-noodles-2031: new version {digest} published.",
        "  created: unit noodles",
        "  created: track neighbours",
        "  created: track cooks",
        "  created: category clip",
        "  created: category pair",
        "  created: stage open",
        "  created: stage vote",
        "  created: prize group all",
        "  created: criterion steam",
        "  created: criterion steady",
        "  created: award kind bowl",
    ]


def test_a_second_load_says_that_nothing_changes():
    loadrulebook(MINIATURE)

    said = loadrulebook(MINIATURE)

    digest = miniature_rulebook().digest[:12]
    assert said == [f"yunxi-noodles-2031: nothing to change ({digest})."]


def test_the_toml_file_itself_may_be_named(folder):
    said = loadrulebook(folder / "rulebook.toml")

    assert said[0].startswith("yunxi-noodles-2031: new version")


def test_a_shipped_rule_book_may_be_named_by_its_key_and_stores_its_pictures(
    settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    key = default_rulebook().name

    loadrulebook(key)

    book = shipped_rulebook()
    stored = {picture.name: picture for picture in Picture.objects.all()}
    assert {name: row.sha256 for name, row in stored.items()} == {
        name: picture.sha256 for name, picture in book.pictures.items()
    }
    assert all(default_storage.exists(row.file.name) for row in stored.values())


def test_a_dry_run_says_what_would_change_and_changes_nothing(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    said = loadrulebook(default_rulebook(), "--dry-run")

    assert said[0].endswith("would be published.")
    assert not Contest.objects.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_typo_stops_the_load_with_file_key_and_reason(folder):
    file = folder / "rulebook.toml"
    file.write_text(file.read_text().replace("short_name =", "short_nmae ="))

    with pytest.raises(CommandError) as refusal:
        loadrulebook(folder)

    assert str(refusal.value) == (
        f"{folder} is not loaded:\n"
        "rulebook.toml: units[noodles].short_name: this key is missing\n"
        "rulebook.toml: units[noodles].short_nmae: this key is unknown"
    )
    assert not Contest.objects.exists()


def test_a_folder_that_is_not_there_is_told_by_its_name(tmp_path):
    with pytest.raises(CommandError, match="there is no such file"):
        loadrulebook(tmp_path / "nowhere")
