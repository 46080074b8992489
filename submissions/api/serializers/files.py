"""Files of a work, what was found in them, and the papers beside it."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from submissions.models import Attachment, MediaFile
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


class MediaFileSerializer(serializers.ModelSerializer):
    """A file with how far its inspection has come; the first one is the cover."""

    inspection = serializers.CharField(source="inspection.state")
    share_done = serializers.FloatField(source="inspection.share_done")
    verdict = serializers.CharField(source="inspection.verdict")
    findings = serializers.SerializerMethodField()

    class Meta:
        model = MediaFile
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
            "verdict",
            "findings",
        ]

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
