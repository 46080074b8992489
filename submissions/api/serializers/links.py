"""Addresses of a work that stands published elsewhere."""

from rest_framework import serializers

from submissions.models import WorkLink
from submissions.services.links import TEXT_MAX_LENGTH


class LinkSerializer(serializers.ModelSerializer):
    class Meta:
        model = WorkLink
        fields = ["id", "position", "url"]
        read_only_fields = fields


class SharedTextSerializer(serializers.Serializer):
    """What people paste: a whole share text, or an address alone."""

    text = serializers.CharField(max_length=TEXT_MAX_LENGTH)
