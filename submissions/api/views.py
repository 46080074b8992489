"""One's own submissions for programs. Only GET and POST; a refusal is 409."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.exceptions import NotAuthenticated
from rest_framework.pagination import PageNumberPagination
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED
from rest_framework.views import APIView

from contests import clock
from contests.errors import RuleViolation
from contests.models import Contest
from submissions import services
from submissions.api.serializers import (
    CaptionSerializer,
    DraftSerializer,
    MediaFileSerializer,
    RefusalSerializer,
    SubmissionDetailSerializer,
    SubmissionSerializer,
    WithdrawalSerializer,
)
from submissions.models import MediaFile, Submission
from submissions.queries import with_parts
from submissions.uploads import Receiver

DETAIL_OR_REFUSAL = {200: SubmissionDetailSerializer, 409: RefusalSerializer}
FILE_OR_REFUSAL = {201: MediaFileSerializer, 409: RefusalSerializer}
ONE_FILE = {
    "multipart/form-data": {
        "type": "object",
        "properties": {"file": {"type": "string", "format": "binary"}},
    }
}


def _own(request, pk) -> Submission:
    """A work of the caller; somebody else's does not exist."""
    return get_object_or_404(
        with_parts(Submission.objects.owned_by(request.user)).prefetch_related(
            "authors",
            "declarations",
            "media_files__inspection__findings",
        ),
        pk=pk,
    )


def _detail(request, submission, *, status=200):
    """As it now stands in the database."""
    fresh = _own(request, submission.pk)
    return Response(SubmissionDetailSerializer(fresh).data, status=status)


def _write(submission, details, *, by, at):
    """Spread what was sent over the services that write it."""
    details = dict(details)
    names = details.pop("authors", None)
    keys = details.pop("declarations", None)
    services.update_draft(submission=submission, by=by, at=at, **details)
    if names is not None:
        services.set_authors(submission=submission, names=names, by=by, at=at)
    if keys is not None:
        services.declare(submission=submission, keys=set(keys), by=by, at=at)


@extend_schema(
    methods=["GET"],
    operation_id="submissions",
    responses=SubmissionSerializer(many=True),
)
@extend_schema(
    methods=["POST"],
    operation_id="create_draft",
    request=DraftSerializer,
    responses={201: SubmissionDetailSerializer, 409: RefusalSerializer},
)
@api_view(["GET", "POST"])
def submissions(request):
    """GET lists the caller's works, the newest first; POST begins a draft."""
    if request.method == "POST":
        return _create(request)
    works = Submission.objects.owned_by(request.user).select_related(
        "unit", "track", "category"
    )
    paginator = PageNumberPagination()
    page = paginator.paginate_queryset(works, request)
    return paginator.get_paginated_response(SubmissionSerializer(page, many=True).data)


def _create(request):
    contest = Contest.objects.current()
    if contest is None:
        raise Http404
    serializer = DraftSerializer(data=request.data, contest=contest)
    serializer.is_valid(raise_exception=True)
    at = clock.now()
    draft = services.create_draft(
        contest=contest, author=request.user, at=at
    )
    _write(draft, serializer.validated_data, by=request.user, at=at)
    return _detail(request, draft, status=HTTP_201_CREATED)


@extend_schema(
    methods=["GET"], operation_id="submission", responses=SubmissionDetailSerializer
)
@extend_schema(
    methods=["POST"],
    operation_id="update_draft",
    request=DraftSerializer,
    responses=DETAIL_OR_REFUSAL,
)
@api_view(["GET", "POST"])
def submission(request, pk):
    """GET tells all of one work, findings included; POST changes a draft."""
    work = _own(request, pk)
    if request.method == "POST":
        serializer = DraftSerializer(data=request.data, contest=work.contest)
        serializer.is_valid(raise_exception=True)
        _write(work, serializer.validated_data, by=request.user, at=clock.now())
    return _detail(request, work)


class AddFile(APIView):
    """Adds one file, under any field name; the work may then be handed in while it
    is still being inspected."""

    parser_classes = [MultiPartParser]

    def initial(self, request, *args, **kwargs):
        """Receive the body by blocks before authentication looks for a token in it."""
        plain = request._request
        if not plain.user.is_authenticated:
            raise NotAuthenticated
        work = get_object_or_404(
            with_parts(Submission.objects.owned_by(plain.user)), pk=kwargs["pk"]
        )
        defaults = work.rulebook_version.rulebook.defaults
        receiver = Receiver(plain, max_file_mb=defaults.max_file_mb)
        try:
            self.files, self.refusal = receiver.files(), None
        except RuleViolation as violation:
            self.files, self.refusal = [], violation
        self.work, self.defaults = work, defaults
        super().initial(request, *args, **kwargs)

    @extend_schema(operation_id="add_file", request=ONE_FILE, responses=FILE_OR_REFUSAL)
    def post(self, request, pk):
        if self.refusal:
            raise self.refusal
        captions = CaptionSerializer(data=request.data, defaults=self.defaults)
        captions.is_valid(raise_exception=True)
        by, at = request.user, clock.now()
        added = services.add_file(
            submission=self.work, upload=self.files[0], by=by, at=at
        )
        if caption := captions.validated_data.get("caption"):
            services.caption_file(media_file=added, by=by, at=at, caption=caption)
        return Response(MediaFileSerializer(added).data, status=HTTP_201_CREATED)


@extend_schema(operation_id="remove_file", request=None, responses=DETAIL_OR_REFUSAL)
@api_view(["POST"])
def remove_file(request, pk):
    """Takes a file out of a draft."""
    media_file = get_object_or_404(
        MediaFile.objects.filter(submission__author=request.user), pk=pk
    )
    services.remove_file(media_file=media_file, by=request.user, at=clock.now())
    return _detail(request, media_file.submission)


@extend_schema(operation_id="submit", request=None, responses=DETAIL_OR_REFUSAL)
@api_view(["POST"])
def submit(request, pk):
    """Hands a draft in, or a returned work again."""
    work = _own(request, pk)
    services.submit(submission=work, by=request.user, at=clock.now())
    return _detail(request, work)


@extend_schema(operation_id="reopen", request=None, responses=DETAIL_OR_REFUSAL)
@api_view(["POST"])
def reopen(request, pk):
    """Makes a work that was handed in a draft again, until the deadline."""
    work = _own(request, pk)
    services.reopen(submission=work, by=request.user, at=clock.now())
    return _detail(request, work)


@extend_schema(
    operation_id="withdraw",
    request=WithdrawalSerializer,
    responses=DETAIL_OR_REFUSAL,
)
@api_view(["POST"])
def withdraw(request, pk):
    """Takes a work out of the contest, until the deadline."""
    work = _own(request, pk)
    serializer = WithdrawalSerializer(data=request.data)
    serializer.is_valid(raise_exception=True)
    services.withdraw(
        submission=work, by=request.user, at=clock.now(), **serializer.validated_data
    )
    return _detail(request, work)


@extend_schema(
    operation_id="inspections",
    responses={(200, "application/json"): OpenApiTypes.OBJECT},
)
@api_view(["GET"])
def inspections(request, pk):
    """How far the inspections are: the work's state and each file with its findings."""
    work = _own(request, pk)
    files = MediaFileSerializer(work.media_files.all(), many=True).data
    return Response({"state": work.state, "number": work.number, "files": files})
