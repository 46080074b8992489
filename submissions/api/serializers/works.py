"""A work in a list, all of one work, and where it stands."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from submissions.api.serializers.drafts import AuthorSerializer
from submissions.api.serializers.files import MediaFileSerializer, ProofSerializer
from submissions.api.serializers.links import LinkSerializer
from submissions.history import history
from submissions.models import Receipt, Submission
from submissions.receipts import address_of
from submissions.services import missing_for_submit
from submissions.services.proofs import proofs_of


class SubmissionSerializer(serializers.ModelSerializer):
    """A work in a list."""

    unit = serializers.SlugRelatedField("key", read_only=True, allow_null=True)
    track = serializers.SlugRelatedField("key", read_only=True, allow_null=True)
    category = serializers.SlugRelatedField("key", read_only=True, allow_null=True)

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
            "channel",
            "submitted_at",
            "correct_by",
            "updated_at",
        ]


class PageSerializer(serializers.Serializer):
    """Some of a list: all of it is `count` long, `next` is where it goes on."""

    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = SubmissionSerializer(many=True)


class GapSerializer(serializers.Serializer):
    """Something that is missing before the work can be handed in."""

    code = serializers.CharField()
    step = serializers.CharField()
    message = serializers.CharField()


class SubmissionDetailSerializer(SubmissionSerializer):
    """All of one work: what was written, its files with findings, what is missing."""

    organisation = serializers.SlugRelatedField("key", read_only=True, allow_null=True)
    authors = AuthorSerializer(many=True, read_only=True)
    declarations = serializers.SlugRelatedField("key", many=True, read_only=True)
    files = MediaFileSerializer(source="media_files", many=True, read_only=True)
    links = LinkSerializer(many=True, read_only=True)
    proofs = serializers.SerializerMethodField()
    missing = serializers.SerializerMethodField()

    class Meta(SubmissionSerializer.Meta):
        fields = [
            *SubmissionSerializer.Meta.fields,
            "story",
            "text_summary",
            "genre",
            "shot_on",
            "shot_place",
            "entrant",
            "entrant_name",
            "organisation",
            "organisation_name",
            "organisation_code",
            "tags",
            "author_age",
            "shows_children",
            "school",
            "ai_use",
            "ai_note",
            "authors",
            "declarations",
            "files",
            "links",
            "proofs",
            "missing",
        ]

    @extend_schema_field(ProofSerializer(many=True))
    def get_proofs(self, submission):
        return ProofSerializer(proofs_of(submission), many=True).data

    @extend_schema_field(GapSerializer(many=True))
    def get_missing(self, submission):
        """Empty once the work has been handed in."""
        gaps = missing_for_submit(submission) if submission.is_editable else []
        return GapSerializer(gaps, many=True).data


class EventSerializer(serializers.Serializer):
    """Something that happened to the work, in a sentence."""

    at = serializers.DateTimeField()
    sentence = serializers.CharField()
    reason = serializers.CharField(allow_blank=True)


class ReceiptSerializer(serializers.ModelSerializer):
    """The signed paper of a handing-in; anybody can check it at its address."""

    handing_in = serializers.IntegerField(source="cycle")
    address = serializers.SerializerMethodField()

    class Meta:
        model = Receipt
        fields = [
            "code",
            "handing_in",
            "issued_at",
            "document",
            "signature",
            "address",
        ]

    def get_address(self, receipt) -> str:
        return address_of(receipt)


class InspectionsSerializer(serializers.ModelSerializer):
    """How far the inspections are: the work's state and each file with its findings."""

    files = MediaFileSerializer(source="media_files", many=True, read_only=True)

    class Meta:
        model = Submission
        fields = ["state", "number", "files"]


class StatusSerializer(InspectionsSerializer):
    """Where a work stands: its files, its receipts, and what happened to it."""

    state_name = serializers.CharField(source="get_state_display")
    receipts = ReceiptSerializer(many=True, read_only=True)
    events = serializers.SerializerMethodField()

    class Meta(InspectionsSerializer.Meta):
        fields = [
            *InspectionsSerializer.Meta.fields,
            "state_name",
            "correct_by",
            "receipts",
            "events",
        ]

    @extend_schema_field(EventSerializer(many=True))
    def get_events(self, submission):
        return EventSerializer(history(submission), many=True).data


class WithdrawalSerializer(serializers.Serializer):
    reason = serializers.CharField(required=False, allow_blank=True, max_length=500)
