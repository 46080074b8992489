"""What programs write into a draft; what the rule book does not ask is refused."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import Organisation
from accounts.queries import organisations_of
from contests.models import Category, Track, Unit
from contests.rulebook import Defaults
from submissions.models import Submission, SubmissionAuthor
from submissions.validators import (
    clean_organisation_code,
    validate_authors,
    validate_caption,
    validate_story,
    validate_summary,
    validate_title,
)

ROLE_MAX_LENGTH = SubmissionAuthor._meta.get_field("role").max_length


class AuthorSerializer(serializers.Serializer):
    """A name on the credit line, and what this person did."""

    name = serializers.CharField()
    role = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=ROLE_MAX_LENGTH
    )


@extend_schema_field(
    {
        "oneOf": [
            {"type": "string", "description": "The name alone."},
            {
                "type": "object",
                "properties": {
                    "name": {"type": "string"},
                    "role": {"type": "string", "maxLength": ROLE_MAX_LENGTH},
                },
                "required": ["name"],
            },
        ]
    }
)
class AuthorField(serializers.Field):
    """A name, or an object of name and role."""

    def to_internal_value(self, data):
        given = {"name": data} if isinstance(data, str) else data
        serializer = AuthorSerializer(data=given)
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data


class OwnKey(serializers.SlugRelatedField):
    """A row by its key; its table is told when the draft is known."""

    def __init__(self, model, **kwargs):
        super().__init__("key", queryset=model.objects.none(), required=False, **kwargs)


class DraftSerializer(serializers.Serializer):
    """What may be written into a draft; whatever is left out stays as it is."""

    unit = OwnKey(Unit)
    track = OwnKey(Track)
    category = OwnKey(Category)
    title = serializers.CharField(required=False, allow_blank=True)
    story = serializers.CharField(required=False, allow_blank=True)
    text_summary = serializers.CharField(
        required=False,
        allow_blank=True,
        help_text="Of a film, for those who cannot see or hear it.",
    )
    genre = serializers.CharField(required=False, allow_blank=True, max_length=40)
    shot_on = serializers.DateField(required=False, allow_null=True)
    shot_place = serializers.CharField(required=False, allow_blank=True, max_length=120)
    entrant = serializers.ChoiceField(Submission.Entrant.choices, required=False)
    entrant_name = serializers.CharField(
        required=False, allow_blank=True, max_length=60
    )
    organisation = OwnKey(
        Organisation,
        allow_null=True,
        help_text="Key of a body of the contest that one acts for.",
    )
    organisation_name = serializers.CharField(
        required=False, allow_blank=True, max_length=120
    )
    organisation_code = serializers.CharField(
        required=False, allow_blank=True, max_length=18
    )
    tags = serializers.ListField(
        child=serializers.SlugField(),
        required=False,
        help_text="Keys of the rule book's entrant_tags.",
    )
    author_age = serializers.ChoiceField(
        Submission.AuthorAge.choices,
        required=False,
        allow_blank=True,
        help_text="Of the youngest author.",
    )
    shows_children = serializers.BooleanField(required=False, allow_null=True)
    school = serializers.CharField(required=False, allow_blank=True, max_length=120)
    ai_use = serializers.ChoiceField(Submission.AiUse.choices, required=False)
    ai_note = serializers.CharField(required=False, allow_blank=True, max_length=400)
    authors = serializers.ListField(child=AuthorField(), required=False)
    declarations = serializers.ListField(
        child=serializers.SlugField(),
        required=False,
        help_text="Keys of all declarations made; others are taken back.",
    )
    guardian_name = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=30,
        help_text="Typed by the guardian below the guardian's statement.",
    )

    def __init__(self, *args, contest=None, author=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.contest, self.author = contest, author

    def get_fields(self):
        fields = super().get_fields()
        if self.contest is not None:
            fields["unit"].queryset = self.contest.units.all()
            fields["track"].queryset = self.contest.tracks.all()
            fields["category"].queryset = self.contest.categories.all()
            fields["organisation"].queryset = organisations_of(
                self.author, self.contest
            )
        return fields

    def to_internal_value(self, data):
        if isinstance(data, dict) and (unknown := set(data) - set(self.fields)):
            raise serializers.ValidationError(
                {name: _("A draft has no such field.") for name in sorted(unknown)},
                code="unknown",
            )
        return super().to_internal_value(data)

    @property
    def defaults(self) -> Defaults:
        return self.contest.rulebook.defaults

    def validate_title(self, title):
        validate_title(title, self.defaults)
        return title

    def validate_story(self, story):
        validate_story(story, self.defaults)
        return story

    def validate_text_summary(self, summary):
        validate_summary(summary, self.defaults)
        return summary

    def validate_organisation_code(self, code):
        return clean_organisation_code(code)

    def validate_authors(self, authors):
        validate_authors([author["name"] for author in authors], self.defaults)
        return authors


class CaptionSerializer(serializers.Serializer):
    """A caption; one that comes along with a file may be left out."""

    caption = serializers.CharField(required=False, allow_blank=True)

    def __init__(self, *args, defaults=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.defaults = defaults

    def validate_caption(self, caption):
        validate_caption(caption, self.defaults)
        return caption


class PlaceSerializer(serializers.Serializer):
    """A place in the order, counted from 1; what stands first is the cover."""

    to = serializers.IntegerField(min_value=1, max_value=1000)
