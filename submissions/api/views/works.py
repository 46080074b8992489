"""Drafts: begun, filled in, handed in, taken back; and where a work stands."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import api_view
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED

from contests import clock
from contests.arrivals import came_at
from contests.models import Contest
from submissions import services
from submissions.api.serializers.drafts import DraftSerializer
from submissions.api.serializers.files import RefusalSerializer
from submissions.api.serializers.works import (
    InspectionsSerializer,
    PageSerializer,
    StatusSerializer,
    SubmissionDetailSerializer,
    SubmissionSerializer,
    WithdrawalSerializer,
)
from submissions.channels import channel_of
from submissions.models import Submission
from submissions.queries import with_parts

DETAIL_OR_REFUSAL = {200: SubmissionDetailSerializer, 409: RefusalSerializer}


def own_work(request, pk) -> Submission:
    """A work of the caller; somebody else's does not exist."""
    return get_object_or_404(
        with_parts(Submission.objects.owned_by(request.user)).prefetch_related(
            "authors",
            "declarations",
            "media_files__inspection__findings",
            "media_files__conversion",
        ),
        pk=pk,
    )


def detail(request, submission, *, status=200):
    """As it now stands in the database."""
    fresh = own_work(request, submission.pk)
    return Response(SubmissionDetailSerializer(fresh).data, status=status)


@extend_schema(
    methods=["GET"],
    operation_id="submissions",
    parameters=[OpenApiParameter("page", int, description="Counted from 1.")],
    responses=PageSerializer,
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


@transaction.atomic
def _create(request):
    """The draft and all that was sent for it, or nothing."""
    contest = Contest.objects.current()
    if contest is None or contest.current_version is None:
        raise Http404
    details = _details(request, contest)
    by, at = request.user, clock.now()
    draft = services.create_draft(
        contest=contest, author=by, at=at, channel=channel_of(request)
    )
    _write(draft, details, by=by, at=at)
    return detail(request, draft, status=HTTP_201_CREATED)


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
    work = own_work(request, pk)
    if request.method == "POST":
        details = _details(request, work.contest)
        _write(work, details, by=request.user, at=clock.now())
    return detail(request, work)


def _details(request, contest):
    serializer = DraftSerializer(
        data=request.data, contest=contest, author=request.user
    )
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data


@transaction.atomic
def _write(submission, details, *, by, at):
    """Spread what was sent over the services that write it; all of it or nothing."""
    details = dict(details)
    authors = details.pop("authors", None)
    keys = details.pop("declarations", None)
    guardian = details.pop("guardian_name", None)
    acting = {"submission": submission, "by": by, "at": at}
    services.update_draft(**acting, **details)
    if authors is not None:
        names = [author["name"] for author in authors]
        roles = [author["role"] for author in authors]
        services.set_authors(names=names, roles=roles, **acting)
    if keys is not None:
        services.declare(keys=set(keys), **acting)
    if guardian is not None:
        services.sign_for_child(name=guardian, **acting)


@extend_schema(operation_id="submit", request=None, responses=DETAIL_OR_REFUSAL)
@api_view(["POST"])
def submit(request, pk):
    """Hands a draft in, or a returned work again."""
    work = own_work(request, pk)
    services.submit(submission=work, by=request.user, at=came_at(request))
    return detail(request, work)


@extend_schema(operation_id="reopen", request=None, responses=DETAIL_OR_REFUSAL)
@api_view(["POST"])
def reopen(request, pk):
    """Makes a work that was handed in a draft again, until the deadline."""
    work = own_work(request, pk)
    services.reopen(submission=work, by=request.user, at=clock.now())
    return detail(request, work)


@extend_schema(
    operation_id="withdraw",
    request=WithdrawalSerializer,
    responses=DETAIL_OR_REFUSAL,
)
@api_view(["POST"])
def withdraw(request, pk):
    """Takes a work out of the contest, until the deadline."""
    work = own_work(request, pk)
    serializer = WithdrawalSerializer(data=request.data)
    serializer.is_valid(raise_exception=True)
    services.withdraw(
        submission=work, by=request.user, at=clock.now(), **serializer.validated_data
    )
    return detail(request, work)


@extend_schema(operation_id="inspections", responses=InspectionsSerializer)
@api_view(["GET"])
def inspections(request, pk):
    """How far the inspections are: the work's state and each file with its findings."""
    return Response(InspectionsSerializer(own_work(request, pk)).data)


@extend_schema(operation_id="status", responses=StatusSerializer)
@api_view(["GET"])
def status(request, pk):
    """Where a work stands: its files, its receipts, and what happened to it."""
    return Response(StatusSerializer(own_work(request, pk)).data)
