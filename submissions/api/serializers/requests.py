"""What is asked between the entrant and the committee, and the answers."""

from rest_framework import serializers

from submissions.models import OriginalRequest, Waiver
from submissions.services.waivers import LONGEST_S


class WaiverSerializer(serializers.ModelSerializer):
    """An exception asked for before handing in, and the committee's answer."""

    class Meta:
        model = Waiver
        fields = [
            "id",
            "kind",
            "state",
            "reason",
            "asked_duration_s",
            "genre",
            "sample_url",
            "asked_at",
            "granted_duration_s",
            "granted_until",
            "answer",
            "answered_at",
        ]
        read_only_fields = fields


class AskSerializer(serializers.Serializer):
    """Why, and of a longer film how long it is."""

    reason = serializers.CharField(max_length=1000)
    duration_s = serializers.IntegerField(
        min_value=1, max_value=LONGEST_S, required=False
    )
    genre = serializers.CharField(max_length=40, required=False, allow_blank=True)
    sample_url = serializers.URLField(max_length=500, required=False, allow_blank=True)


class OriginalRequestSerializer(serializers.ModelSerializer):
    """A reviewer asks for the original of a picture, to be answered by its day."""

    file_count = serializers.SerializerMethodField()

    class Meta:
        model = OriginalRequest
        fields = [
            "id",
            "state",
            "reason",
            "asked_at",
            "due_at",
            "answer",
            "answered_at",
            "file_count",
        ]
        read_only_fields = fields

    def get_file_count(self, request) -> int:
        return request.attachments.count()


class WordsSerializer(serializers.Serializer):
    """An answer in words, where there is no file to send."""

    answer = serializers.CharField(max_length=1000)
