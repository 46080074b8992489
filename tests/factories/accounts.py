"""Citizens, people who work for a contest, its bodies, and texts to agree to."""

import factory
from allauth.mfa.totp.internal import auth as totp

from accounts.models import Membership, Organisation, Role, User
from contests import clock
from contests.models import District, RuleBookVersion
from contests.rulebook import Declaration, RuleBook
from tests.factories import judging

PASSWORD = "willow-and-lotus-9"

PRIVACY = Declaration(
    key="privacy",
    label="I agree to the privacy notice.",
    text="We keep your number to sign you in, and nothing else.",
    version=3,
    rules=["1"],
    moment="sign_in",
    page="privacy",
)
PRIVACY_PAGE = "# Privacy notice\n\nIn full."


def make_contest(*, declarations=()):
    """The small contest, its rule book with these declarations."""
    contest = judging.make_contest()
    document = judging.rulebook_document(contest.key).model_dump() | {
        "declarations": list(declarations),
        "texts": {"privacy": PRIVACY_PAGE},
        "footer": {"help_line": "199-0000", "help_hours": "9–17"},
    }
    book = RuleBook.model_validate(document)
    contest.current_version = RuleBookVersion.objects.create(
        contest=contest,
        digest=book.digest,
        document=book.canonical_json(),
        published_at=clock.start_of(contest.starts_on),
    )
    contest.save()
    return contest


class CitizenFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    phone = factory.Sequence(lambda number: f"+86199{number:08d}")
    phone_verified = True

    @classmethod
    def _create(cls, model_class, *args, **fields):
        return User.objects.create_user(**fields)


class WorkAccountFactory(factory.django.DjangoModelFactory):
    """Somebody who can be given a role; PASSWORD opens the account."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda number: f"worker-{number}")
    full_name = factory.Sequence(lambda number: f"示例工作人员{number}")

    @classmethod
    def _create(cls, model_class, *args, **fields):
        return User.objects.create_user(password=PASSWORD, **fields)


def give_second_factor(user) -> str:
    """Set up the authenticator; returns its secret."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    return secret


def app_code(secret, *, ahead=0) -> str:
    """What the authenticator app shows, now or some codes ahead."""
    counter = list(totp.yield_hotp_counters_from_time())[1] + ahead
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def make_worker(contest, role, *, organisation=None, **fields) -> User:
    """Holds the role, has the authenticator set up, may be signed in by force."""
    user = WorkAccountFactory(**fields)
    give_second_factor(user)
    Membership.objects.create(
        user=user, contest=contest, role=role, organisation=organisation
    )
    if role in {Role.ORGANISER, Role.JUDGE, Role.SUPERVISOR}:
        user.is_staff = True
        user.save()
    return user


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    key = factory.Sequence(lambda number: f"body-{number}")
    name = factory.Sequence(lambda number: f"Body {number}")
    kind = Organisation.Kind.MEDIA


class DistrictFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = District

    key = factory.Sequence(lambda number: f"district-{number}")
    name = factory.Sequence(lambda number: f"District {number}")
    position = factory.Sequence(int)
    month = 5
    activity_count = 3
