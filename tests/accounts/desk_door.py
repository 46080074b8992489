"""How people with a role come in: password, then the authenticator."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt

from accounts.models import Membership, Role
from tests.factories.accounts import PASSWORD, WorkAccountFactory, app_code

STAFF = "/accounts/staff/"
ENROL = "/accounts/2fa/totp/activate/"
AUTHENTICATE = "/accounts/2fa/authenticate/"
ME = "/accounts/me/"


def make_unenrolled(contest, role=Role.JUDGE, **fields):
    user = WorkAccountFactory(**fields)
    Membership.objects.create(user=user, contest=contest, role=role)
    return user


def give_password(client, user, password=PASSWORD, to=STAFF, **more):
    return client.post(to, {"login": user.username, "password": password}, **more)


def secret_of(user):
    stored = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    return decrypt(stored.data["secret"])


def form_codes(response, field="__all__"):
    errors = response.context["form"].errors.as_data().get(field, [])
    return [error.code for error in errors]


def is_signed_in(client):
    return "_auth_user_id" in client.session


def enrol(client, user):
    give_password(client, user)
    secret = client.get(ENROL).context["form"].secret
    return client.post(ENROL, {"code": app_code(secret)})
