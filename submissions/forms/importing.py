"""Forms of a table of works: choosing it, and answers for all of its works."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contests.rulebook import RuleBook


class TableForm(forms.Form):
    """A table, whose it is, and the unit of its works where it has no column for it."""

    organisation = forms.ModelChoiceField(
        queryset=None, label=_("Recommending organisation"), empty_label=None
    )
    unit = forms.ModelChoiceField(
        queryset=None,
        label=_("Unit of these works"),
        help_text=_("The table has no column for it. Make one table for each unit."),
    )
    table = forms.FileField(
        label=_("The table"),
        help_text=_(".xlsx or .csv. Nothing is written before you have looked at it."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.xls,.et"}),
        allow_empty_file=True,
    )

    def __init__(self, *args, contest, organisations, **options):
        super().__init__(*args, **options)
        table = contest.rulebook.summary_table
        self.fields["organisation"].queryset = organisations
        self.fields["unit"].queryset = contest.units.order_by("position")
        if table.asks("unit") or contest.units.count() == 1:
            del self.fields["unit"]


class AnswersForm(forms.Form):
    """What is true of every work of a table, said once."""

    without_ai = forms.BooleanField(
        label=_("No AI was used for any of these works."), required=False
    )
    authors_are_adults = forms.BooleanField(
        label=_("All authors are 18 or older."), required=False
    )
    without_children = forms.BooleanField(
        label=_("No child can be recognised in any of these works."), required=False
    )

    def __init__(self, *args, book: RuleBook, only=None, **options):
        """`only`: keys of the declarations to show; without it, all there are."""
        super().__init__(*args, **options)
        asked = {field.key for field in book.fields}
        if "author_age" not in asked:
            del self.fields["authors_are_adults"]
        if "shows_children" not in asked:
            del self.fields["without_children"]
        self.clauses = {}
        for declaration in book.declarations:
            is_shown = only is None or declaration.key in only
            if declaration.moment != "submission" or not is_shown:
                continue
            name = f"declare-{declaration.key}"
            self.fields[name] = forms.BooleanField(
                label=declaration.label, required=False
            )
            self.clauses[name] = declaration.text

    def ticks(self):
        """Each tick with the clause that stands behind it."""
        return [(field, self.clauses.get(field.name, "")) for field in self]

    def declared(self) -> frozenset[str]:
        return frozenset(
            name.removeprefix("declare-")
            for name in self.clauses
            if self.cleaned_data[name]
        )

    def answered(self) -> dict[str, bool]:
        names = set(self.fields) - set(self.clauses)
        return {name: self.cleaned_data[name] for name in names}
