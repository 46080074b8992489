"""How a submission looks to programs. Serializers shape; services write."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from contests.models import Category, Track, Unit
from contests.rulebook import Defaults
from submissions.models import MediaFile, Submission
from submissions.rule_items import explained
from submissions.services import missing_for_submit
from submissions.validators import (
    validate_authors,
    validate_caption,
    validate_story,
    validate_title,
)


class DraftSerializer(serializers.Serializer):
    """What may be written into a draft; whatever is left out stays as it is."""

    unit = serializers.SlugRelatedField(
        "key", queryset=Unit.objects.none(), required=False
    )
    track = serializers.SlugRelatedField(
        "key", queryset=Track.objects.none(), required=False
    )
    category = serializers.SlugRelatedField(
        "key", queryset=Category.objects.none(), required=False
    )
    title = serializers.CharField(required=False, allow_blank=True)
    story = serializers.CharField(required=False, allow_blank=True)
    genre = serializers.CharField(required=False, allow_blank=True, max_length=40)
    shot_on = serializers.DateField(required=False, allow_null=True)
    shot_place = serializers.CharField(required=False, allow_blank=True, max_length=120)
    entrant = serializers.ChoiceField(Submission.Entrant.choices, required=False)
    entrant_name = serializers.CharField(
        required=False, allow_blank=True, max_length=60
    )
    organisation_name = serializers.CharField(
        required=False, allow_blank=True, max_length=120
    )
    school = serializers.CharField(required=False, allow_blank=True, max_length=120)
    ai_use = serializers.ChoiceField(Submission.AiUse.choices, required=False)
    ai_note = serializers.CharField(required=False, allow_blank=True, max_length=400)
    authors = serializers.ListField(child=serializers.CharField(), required=False)
    declarations = serializers.ListField(
        child=serializers.SlugField(),
        required=False,
        help_text="Keys of all declarations made; others are taken back.",
    )

    def __init__(self, *args, contest=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.contest = contest

    def get_fields(self):
        fields = super().get_fields()
        if self.contest is not None:
            fields["unit"].queryset = self.contest.units.all()
            fields["track"].queryset = self.contest.tracks.all()
            fields["category"].queryset = self.contest.categories.all()
        return fields

    @property
    def defaults(self) -> Defaults:
        return self.contest.rulebook.defaults

    def validate_title(self, title):
        validate_title(title, self.defaults)
        return title

    def validate_story(self, story):
        validate_story(story, self.defaults)
        return story

    def validate_authors(self, names):
        validate_authors(names, self.defaults)
        return names


class CaptionSerializer(serializers.Serializer):
    caption = serializers.CharField(required=False, allow_blank=True)

    def __init__(self, *args, defaults=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.defaults = defaults

    def validate_caption(self, caption):
        validate_caption(caption, self.defaults)
        return caption


class FindingSerializer(serializers.Serializer):
    """What a rule says about a file, as the page says it too."""

    code = serializers.CharField()
    severity = serializers.CharField()
    message = serializers.CharField()
    explanation = serializers.CharField()
    measured = serializers.JSONField(allow_null=True)
    limit = serializers.JSONField(allow_null=True)
    rule = serializers.CharField()
    clause = serializers.CharField()


class MediaFileSerializer(serializers.ModelSerializer):
    """A file with how far its inspection has come."""

    inspection = serializers.CharField(source="inspection.state")
    verdict = serializers.CharField(source="inspection.verdict")
    findings = serializers.SerializerMethodField()

    class Meta:
        model = MediaFile
        fields = [
            "id",
            "position",
            "original_name",
            "size_bytes",
            "caption",
            "uploaded_at",
            "inspection",
            "verdict",
            "findings",
        ]

    @extend_schema_field(FindingSerializer(many=True))
    def get_findings(self, media_file):
        return [explained(each) for each in media_file.inspection.findings.all()]


class SubmissionSerializer(serializers.ModelSerializer):
    """A work in a list."""

    unit = serializers.SlugRelatedField("key", read_only=True)
    track = serializers.SlugRelatedField("key", read_only=True)
    category = serializers.SlugRelatedField("key", read_only=True)

    class Meta:
        model = Submission
        fields = [
            "id",
            "number",
            "state",
            "title",
            "unit",
            "track",
            "category",
            "submitted_at",
            "correct_by",
            "updated_at",
        ]


class GapSerializer(serializers.Serializer):
    """Something that is missing before the work can be handed in."""

    code = serializers.CharField()
    step = serializers.CharField()
    message = serializers.CharField()


class SubmissionDetailSerializer(SubmissionSerializer):
    """All of one work: what was written, its files with findings, what is missing."""

    authors = serializers.SlugRelatedField("name", many=True, read_only=True)
    declarations = serializers.SlugRelatedField("key", many=True, read_only=True)
    files = MediaFileSerializer(source="media_files", many=True, read_only=True)
    missing = serializers.SerializerMethodField()

    class Meta(SubmissionSerializer.Meta):
        fields = [
            *SubmissionSerializer.Meta.fields,
            "story",
            "genre",
            "shot_on",
            "shot_place",
            "entrant",
            "entrant_name",
            "organisation_name",
            "school",
            "ai_use",
            "ai_note",
            "authors",
            "declarations",
            "files",
            "missing",
        ]

    @extend_schema_field(GapSerializer(many=True))
    def get_missing(self, submission):
        """Empty once the work has been handed in."""
        gaps = missing_for_submit(submission) if submission.is_editable else []
        return GapSerializer(gaps, many=True).data


class RefusalSerializer(serializers.Serializer):
    """Why a rule of the contest refuses something: a stable code and a sentence."""

    code = serializers.CharField()
    detail = serializers.CharField()
    findings = FindingSerializer(many=True, required=False)
    fields = serializers.DictField(required=False)


class WithdrawalSerializer(serializers.Serializer):
    reason = serializers.CharField(required=False, allow_blank=True, max_length=500)
