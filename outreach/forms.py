"""What a centre types into its table, and organisers into theirs. A draft may lack
anything: what must be there is asked by remarks, when the table is handed in."""

import re
import unicodedata
from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contests.rulebook import Outreach
from outreach.models import Activity, Recommendation, Station

PHONE = re.compile(r"\+?[0-9][0-9 ()-]{4,18}")
USUAL_HOURS = 2
ROOM_FOR_SURPLUS_ROWS = 20  # rows beyond the limit come back as typed, none is dropped


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class TimeOfDayInput(forms.TimeInput):
    input_type = "time"

    def __init__(self):
        super().__init__(format="%H:%M")


class HeadForm(forms.ModelForm):
    """The head line of the table and the promise under it."""

    class Meta:
        model = Recommendation
        fields = ["centre_name", "helps_organise"]

    def __init__(self, *args, rules: Outreach, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["centre_name"].label = rules.centre_label
        self.fields["centre_name"].required = False
        self.fields["helps_organise"].label = _(
            "The stations help to bring people together."
        )


class StationForm(forms.ModelForm):
    """One row. The labels are the annex's own where it has a column for the field."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    has_clue = forms.TypedChoiceField(
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Station
        fields = [
            "name",
            "address",
            "wished_on",
            "wished_from",
            "contact_name",
            "contact_phone",
            "seats",
            "has_projector",
            "has_microphone",
            "has_sound",
            "has_clue",
            "clue",
        ]
        widgets = {
            "wished_on": DayInput,
            "wished_from": TimeOfDayInput,
            "contact_phone": forms.TextInput(attrs={"inputmode": "tel"}),
            "clue": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args, rules: Outreach, **kwargs):
        super().__init__(*args, **kwargs)
        _number, name, address, _wished, _contact, clue = rules.recommendation_columns
        self.fields["name"].label = name
        self.fields["address"].label = address
        self.fields["has_clue"].label = clue
        self.fields["has_clue"].choices = [
            (answer, rules.clue_labels[answer]) for answer in ("yes", "no")
        ]
        self.fields["seats"].widget.attrs |= {"min": 1, "inputmode": "numeric"}
        self.equipment = []
        for equipment in rules.equipment:
            self.fields[f"has_{equipment.key}"].label = equipment.name
            self.equipment.append(self[f"has_{equipment.key}"])

    def clean_contact_phone(self):
        """Full-width digits become plain ones; land lines are as good as mobiles."""
        phone = unicodedata.normalize("NFKC", self.cleaned_data["contact_phone"])
        phone = phone.strip().replace("—", "-")
        if phone and not PHONE.fullmatch(phone):
            raise forms.ValidationError(
                _("Please write one number, in digits; a land line with area code."),
                code="not_a_phone",
            )
        return phone

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("has_clue"):
            cleaned["clue"] = ""
        return cleaned


class BaseStationFormSet(forms.BaseFormSet):
    def rows(self, *, without: int | None = None) -> list[dict]:
        """The rows as typed, one of them left out if so wished."""
        return [
            form.cleaned_data
            for index, form in enumerate(self.forms)
            if index != without
        ]


def station_formset(rules: Outreach, **kwargs) -> BaseStationFormSet:
    """The rows of one table, as many as there are."""
    most = rules.max_stations + ROOM_FOR_SURPLUS_ROWS
    formset_class = forms.formset_factory(
        StationForm, BaseStationFormSet, extra=0, max_num=most, absolute_max=most
    )
    return formset_class(
        prefix="stations",
        form_kwargs={"rules": rules, "empty_permitted": False},
        **kwargs,
    )


class ScanForm(forms.Form):
    scan = forms.FileField(
        label=_("Stamped copy"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg"}),
    )


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label=_("What should the centre correct?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ActivityForm(forms.Form):
    """Where, when and what: one of a district's activities."""

    station = forms.ModelChoiceField(
        label=_("Station"),
        queryset=Station.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Please choose a station."),
            "invalid_choice": _("Please choose one of the stations listed here."),
        },
    )
    day = forms.DateField(label=_("Day"), widget=DayInput)
    starts = forms.TimeField(label=_("Begins"), widget=TimeOfDayInput)
    ends = forms.TimeField(label=_("Ends"), widget=TimeOfDayInput)
    title = forms.CharField(
        label=_("Title"),
        max_length=Activity._meta.get_field("title").max_length,
        help_text=_("Everybody reads it on the page of activities."),
    )

    def __init__(self, *args, district, rules: Outreach, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["station"].queryset = Station.objects.filter(
            recommendation__district=district
        )
        self.fields["station"].label_from_instance = lambda station: station.name
        self.fields["title"].widget = forms.TextInput(attrs={"list": "title-ideas"})
        self.title_ideas = rules.activity_kinds

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("The activity must end after it begins."))
        return cleaned

    @property
    def plan(self) -> dict:
        """What `set_activity` takes."""
        day = self.cleaned_data["day"]
        return {
            "station": self.cleaned_data["station"],
            "title": self.cleaned_data["title"],
            "starts_at": _moment(day, self.cleaned_data["starts"]),
            "ends_at": _moment(day, self.cleaned_data["ends"]),
        }


def plan_of(activity: Activity | None, station: Station | None) -> dict:
    """What the form shows first: the plan there is, else what the station wished."""
    if activity:
        starts, ends = map(timezone.localtime, (activity.starts_at, activity.ends_at))
        return {
            "station": activity.station_id,
            "title": activity.title,
            "day": starts.date(),
            "starts": starts.time(),
            "ends": ends.time(),
        }
    if station:
        return {
            "station": station.pk,
            "day": station.wished_on,
            "starts": station.wished_from,
            "ends": _usual_end(station.wished_from),
        }
    return {}


def _usual_end(time):
    """Two hours later, unless that is another day."""
    fits = time is not None and time.hour + USUAL_HOURS < 24
    return time.replace(hour=time.hour + USUAL_HOURS) if fits else None


def _moment(day, time):
    return timezone.make_aware(datetime.combine(day, time))
