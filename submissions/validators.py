"""What forms and serializers both check; each refusal carries the code of its rule."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from contests.rulebook import Defaults
from submissions.media.codes import Code
from submissions.media.messages import render
from submissions.models import SubmissionAuthor

NAME_MAX_LENGTH = SubmissionAuthor._meta.get_field("name").max_length
ROLE_MAX_LENGTH = SubmissionAuthor._meta.get_field("role").max_length
# GB 32100: no I, O, S, V, Z; the last character is computed from the others.
CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE_LENGTH = 18


def validate_title(title: str, defaults: Defaults) -> None:
    if len(title) > defaults.title_max_length:
        raise _too_much(Code.FRM_TITLE_LONG, defaults.title_max_length)


def validate_story(story: str, defaults: Defaults) -> None:
    if story_length(story) > defaults.story_max_length:
        raise _too_much(Code.FRM_STORY_LONG, defaults.story_max_length)


def story_length(story: str) -> int:
    """Every character but a space counts as one (B22)."""
    return sum(not character.isspace() for character in story)


def validate_summary(summary: str, defaults: Defaults) -> None:
    if story_length(summary) > defaults.summary_max_length:
        raise _too_much(Code.FRM_SUMMARY_LONG, defaults.summary_max_length)


def clean_organisation_code(code: str) -> str:
    """A unified social credit code in capitals without spaces, or "".

    Any of its characters may come first: codes that begin with a letter exist.
    """
    code = "".join(unicodedata.normalize("NFKC", code).upper().split())
    if code and not _is_organisation_code(code):
        raise ValidationError(render(Code.FRM_CODE_WRONG, {}), code=Code.FRM_CODE_WRONG)
    return code


def _is_organisation_code(code):
    if len(code) != CODE_LENGTH or not set(code) <= set(CODE_CHARACTERS):
        return False
    values = [CODE_CHARACTERS.index(character) for character in code]
    total = sum(value * pow(3, at, 31) for at, value in enumerate(values[:-1]))
    return values[-1] == -total % 31


def validate_roles(roles: list[str]) -> None:
    for role in roles:
        if len(role) > ROLE_MAX_LENGTH:
            raise ValidationError(
                _("“%(role)s…” is longer than %(limit)s characters."),
                code="role_long",
                params={"role": role[:8], "limit": ROLE_MAX_LENGTH},
            )


def validate_authors(names: list[str], defaults: Defaults) -> None:
    if len(names) > defaults.max_authors:
        raise _too_much(Code.FRM_AUTHORS_MANY, defaults.max_authors)
    for name in names:
        if len(name) > NAME_MAX_LENGTH:
            raise ValidationError(
                _("“%(name)s…” is longer than %(limit)s characters."),
                code="name_long",
                params={"name": name[:8], "limit": NAME_MAX_LENGTH},
            )


def validate_caption(caption: str, defaults: Defaults) -> None:
    if len(caption) > defaults.caption_max_length:
        raise ValidationError(
            _("This caption is longer than %(limit)s characters."),
            code="caption_long",
            params={"limit": defaults.caption_max_length},
        )


def _too_much(code, limit):
    return ValidationError(render(code, {"limit": limit}), code=code)
