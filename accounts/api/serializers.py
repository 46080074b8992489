"""What programs send and read about signing in."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts import phones
from accounts.forms import only_digits
from accounts.models import AccessToken, User
from accounts.sign_in import PAUSE_SECONDS, minutes_valid
from contests.errors import RuleViolation


class AgreementSerializer(serializers.Serializer):
    """A text to agree to before signing in, in the version in force."""

    key = serializers.CharField()
    version = serializers.IntegerField()
    label = serializers.CharField(help_text="The sentence beside the tick.")
    text = serializers.CharField(help_text="What is agreed to, word for word.")
    required = serializers.BooleanField()
    page = serializers.SerializerMethodField(help_text="Address of the whole text.")

    @extend_schema_field(OpenApiTypes.URI)
    def get_page(self, declaration):
        if not declaration.page:
            return ""
        address = reverse("contests:text", args=[declaration.page])
        return self.context["request"].build_absolute_uri(address)


class AgreedSerializer(serializers.Serializer):
    key = serializers.CharField(max_length=48)
    version = serializers.IntegerField(min_value=1)


class CodeRequestSerializer(serializers.Serializer):
    """Whom a code goes to, for which program, and what the person ticked."""

    phone = serializers.CharField(max_length=40)
    channel = serializers.ChoiceField(AccessToken.Channel.choices)
    agreements = AgreedSerializer(many=True)

    def __init__(self, *args, declarations=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.declarations = list(declarations)

    def validate_phone(self, phone):
        try:
            return phones.normalise(phone)
        except RuleViolation as refusal:
            raise serializers.ValidationError(
                refusal.message, code=refusal.code
            ) from refusal

    def validate_agreements(self, agreements):
        """Every text that must be agreed to, in the version that is in force."""
        given = {each["key"]: each["version"] for each in agreements}
        for declaration in self.declarations:
            version = given.get(declaration.key)
            if version is None and declaration.required:
                raise serializers.ValidationError(
                    _("Please agree to this first: %(text)s")
                    % {"text": declaration.label},
                    code="consent_missing",
                )
            if version not in {None, declaration.version}:
                raise serializers.ValidationError(
                    _("This text has a newer version. Please read that one: %(text)s")
                    % {"text": declaration.label},
                    code="consent_outdated",
                )
        return [each for each in self.declarations if each.key in given]


class SignInSerializer(serializers.Serializer):
    """A sign-in under way: name it when the code has come."""

    sign_in = serializers.CharField(max_length=64)


class CodeSentSerializer(SignInSerializer):
    """The same for every number, whether anybody uses it or not."""

    wait_seconds = serializers.IntegerField(
        help_text="Until another code may be asked for."
    )
    valid_seconds = serializers.IntegerField(help_text="How long the code is good.")

    @classmethod
    def of(cls, process):
        sent = {
            "sign_in": process.handle,
            "wait_seconds": PAUSE_SECONDS,
            "valid_seconds": 60 * minutes_valid(),
        }
        return cls(sent).data


class CodeEntrySerializer(SignInSerializer):
    code = serializers.CharField(max_length=40)

    def validate_code(self, code):
        code = only_digits(code)
        if len(code) != 6:
            raise serializers.ValidationError(
                _("The code has 6 digits. Please look at the message again."),
                code="code_malformed",
            )
        return code


class TokenSerializer(serializers.ModelSerializer):
    """A program that is signed in; the token itself is told once, when it is made."""

    id = serializers.UUIDField(source="public_id")
    created_at = serializers.DateTimeField(source="created")
    expires_at = serializers.DateTimeField(source="expiry")
    is_this_one = serializers.SerializerMethodField()

    class Meta:
        model = AccessToken
        fields = ["id", "channel", "created_at", "expires_at", "is_this_one"]
        read_only_fields = fields

    def get_is_this_one(self, token) -> bool:
        return token == self.context["request"].auth


class NewTokenSerializer(serializers.Serializer):
    """Send it with every call: `Authorization: Token …`."""

    token = serializers.CharField()
    channel = serializers.ChoiceField(AccessToken.Channel.choices)
    expires_at = serializers.DateTimeField(source="expiry")


class PersonSerializer(serializers.ModelSerializer):
    """The person who is signed in; the number is never told whole."""

    phone = serializers.CharField(source="masked_phone")
    name = serializers.CharField(source="full_name")

    class Meta:
        model = User
        fields = ["phone", "name"]
        read_only_fields = fields
