"""Files of a work, what was found in them, and the papers beside it."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from submissions.models import Attachment, MediaFile
from submissions.progress import progress_of
from submissions.rule_items import explained


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


class ConversionSerializer(serializers.Serializer):
    """How far a film is on its way to a copy that every browser plays, and why it
    needs one."""

    state = serializers.CharField()
    share_done = serializers.FloatField()
    reasons = serializers.ListField(child=serializers.CharField())


class MediaFilesSerializer(serializers.ListSerializer):
    """Several files, whose progress is counted together."""

    def to_representation(self, data):
        files = list(data.all())
        self.child.progress = {each.media_file.pk: each for each in progress_of(files)}
        return super().to_representation(files)


class MediaFileSerializer(serializers.ModelSerializer):
    """A file with how far its inspection has come; the first one is the cover."""

    inspection = serializers.CharField(source="inspection.state")
    share_done = serializers.FloatField(source="inspection.share_done")
    ahead = serializers.SerializerMethodField()
    verdict = serializers.CharField(source="inspection.verdict")
    conversion = serializers.SerializerMethodField()
    findings = serializers.SerializerMethodField()

    class Meta:
        model = MediaFile
        list_serializer_class = MediaFilesSerializer
        fields = [
            "id",
            "position",
            "original_name",
            "size_bytes",
            "sha256",
            "caption",
            "uploaded_at",
            "inspection",
            "share_done",
            "ahead",
            "verdict",
            "findings",
            "conversion",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.progress = {}

    def get_ahead(self, media_file) -> int | None:
        """About how many files wait before this one, while it waits."""
        return self._progress_of(media_file).ahead

    @extend_schema_field(ConversionSerializer(allow_null=True))
    def get_conversion(self, media_file):
        line = self._progress_of(media_file).conversion
        return line and ConversionSerializer(line).data

    def _progress_of(self, media_file):
        if media_file.pk not in self.progress:
            [self.progress[media_file.pk]] = progress_of([media_file])
        return self.progress[media_file.pk]

    @extend_schema_field(FindingSerializer(many=True))
    def get_findings(self, media_file):
        return [explained(each) for each in media_file.inspection.findings.all()]


class ProofSerializer(serializers.ModelSerializer):
    """A paper beside a work; nobody but its owner and the contest's staff sees it."""

    class Meta:
        model = Attachment
        fields = [
            "id",
            "proof_key",
            "original_name",
            "size_bytes",
            "sha256",
            "uploaded_at",
        ]
        read_only_fields = fields


class RefusalSerializer(serializers.Serializer):
    """Why a rule of the contest refuses something: a stable code and a sentence."""

    code = serializers.CharField()
    detail = serializers.CharField()
    findings = FindingSerializer(many=True, required=False)
    fields = serializers.DictField(required=False)
