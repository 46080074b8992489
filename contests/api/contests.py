"""Contests as a program lists and finds them (rule 85): carousel and search."""

import unicodedata

from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import (
    api_view,
    authentication_classes,
    permission_classes,
)
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from contests import clock
from contests.deadlines import accepts_submissions
from contests.models import Contest
from contests.pictures import sources_of


class ContestPictureSerializer(serializers.Serializer):
    """One form of the contest's picture; the last of several is read everywhere."""

    url = serializers.SerializerMethodField()
    content_type = serializers.CharField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()

    def get_url(self, source) -> str:
        return self.context["request"].build_absolute_uri(source.url)


class ContestSerializer(serializers.Serializer):
    """A published contest: what stands on its card, and where it leads."""

    key = serializers.CharField()
    title_full = serializers.CharField()
    title_short = serializers.CharField()
    theme = serializers.CharField(source="rulebook.contest.theme")
    introduction = serializers.CharField(source="rulebook.contest.introduction")
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    collection_starts_on = serializers.DateField(source="rulebook.collection.starts_on")
    collection_ends_on = serializers.DateField(
        source="rulebook.collection.ends_on", help_text="To 24:00 of this day."
    )
    collection = serializers.CharField(
        source="rulebook.collection.display", help_text="In the notice's words."
    )
    is_open = serializers.SerializerMethodField(help_text="Works are taken now.")
    is_current = serializers.SerializerMethodField(
        help_text="Drafts are begun in this one."
    )
    picture = serializers.SerializerMethodField(
        help_text="Empty where the contest has none."
    )
    rulebook = serializers.SerializerMethodField(
        help_text="Address of units, tracks, categories, limits and texts."
    )
    landing = serializers.SerializerMethodField(
        help_text="Page for the menu of an official account; empty unless current."
    )

    def get_is_open(self, contest) -> bool:
        return accepts_submissions(contest, at=clock.now())

    def get_is_current(self, contest) -> bool:
        return contest == self.context["current"]

    def get_picture(self, contest) -> ContestPictureSerializer(many=True):
        book = contest.rulebook
        name = book.home_pictures.get("wide") or book.home_pictures.get("narrow", "")
        sources = sources_of(book, name)
        return ContestPictureSerializer(sources, many=True, context=self.context).data

    def get_rulebook(self, contest) -> str:
        return self._address("rulebook", contest.current_version.digest)

    def get_landing(self, contest) -> str:
        return self._address("landing") if self.get_is_current(contest) else ""

    def _address(self, name, *args):
        return self.context["request"].build_absolute_uri(reverse(name, args=args))


@extend_schema(
    operation_id="contests",
    parameters=[
        OpenApiParameter("search", str, description="Part of the full or short title.")
    ],
    responses=ContestSerializer(many=True),
)
@api_view(["GET"])
@authentication_classes([])
@permission_classes([AllowAny])
def contests(request):
    """Published contests, the one opened last first; with `search` those whose title
    has these words, however quotes and spaces are typed."""
    published = Contest.objects.with_rulebook().filter(current_version__isnull=False)
    words = _bare(request.query_params.get("search", ""))
    found = [
        contest
        for contest in published.order_by("-starts_on", "key")
        if words in _bare(contest.title_full) or words in _bare(contest.title_short)
    ]
    context = {"request": request, "current": Contest.objects.current()}
    return Response(ContestSerializer(found, many=True, context=context).data)


def _bare(title):
    """Letters and figures alone, of one width and case."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return "".join(sign for sign in folded if sign.isalnum())
