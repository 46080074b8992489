"""What no single part of a rule book can know: that its parts fit each other."""

import datetime as dt
import itertools
import unicodedata
from collections.abc import Iterator

from contests.rulebook.entries import MEDIA_OF_FIELD
from contests.rulebook.schema import RuleBook

REQUIRED_TEXTS = ("notice", "rights", "privacy")
KEYED = (
    "units",
    "tracks",
    "categories",
    "stages",
    "prize_groups",
    "award_kinds",
    "districts",
    "fields",
    "entrant_tags",
    "proofs",
    "declarations",
    "duties",
    "channels",
    "review_reasons",
    "review_checks",
)
TABLE_PARTS = {"track": "tracks", "category": "categories"}
Fault = tuple[str, str]  # key path, reason


def contradictions(book: RuleBook) -> Iterator[Fault]:
    """Every place where two parts of the book do not fit."""
    for check in CHECKS:
        yield from check(book)


def _keys(book) -> Iterator[Fault]:
    lists = {name: getattr(book, name) for name in KEYED}
    lists["scoring.criteria"] = book.scoring.criteria
    lists["publication.nodes"] = book.publication.nodes if book.publication else []
    lists["outreach.equipment"] = book.outreach.equipment if book.outreach else []
    for name, parts in lists.items():
        for key in _repeated(part.key for part in parts):
            yield f"{name}[{key}].key", "this key is used twice"


def _repeated(values):
    seen, told = set(), set()
    for value in values:
        if value in seen and value not in told:
            told.add(value)
            yield value
        seen.add(value)


def _prize_groups(book) -> Iterator[Fault]:
    units = {unit.key for unit in book.units}
    tracks = {track.key for track in book.tracks}
    owner = {}
    for group in book.prize_groups:
        path = f"prize_groups[{group.key}].cells"
        for unit, track in group.cells:
            if unit not in units:
                yield path, f'there is no unit "{unit}"'
            if track not in tracks:
                yield path, f'there is no track "{track}"'
            if (unit, track) in owner:
                taken = owner[unit, track]
                yield path, f"[{unit}, {track}] already belongs to {taken}"
            owner.setdefault((unit, track), group.key)
    for unit, track in itertools.product(sorted(units), sorted(tracks)):
        if (unit, track) not in owner:
            yield "prize_groups", f"no group judges works of [{unit}, {track}]"


def _award_kinds(book) -> Iterator[Fault]:
    kinds = {stage.key: stage.kind for stage in book.stages}
    for award in book.award_kinds:
        if award.stage is None:
            continue
        path = f"award_kinds[{award.key}].stage"
        if award.stage not in kinds:
            yield path, f'there is no stage "{award.stage}"'
        elif kinds[award.stage] not in {"selection", "final"}:
            yield path, f'"{award.stage}" is neither a selection nor a final'


def _stages(book) -> Iterator[Fault]:
    contest = book.contest
    for stage in book.stages:
        if stage.starts_on < contest.starts_on or stage.ends_on > contest.ends_on:
            yield (
                f"stages[{stage.key}]",
                f"{stage.starts_on} to {stage.ends_on} lies outside the contest, "
                f"{contest.starts_on} to {contest.ends_on}",
            )
    for kind, allowed in (("collection", {1}), ("final", {0, 1})):
        count = sum(stage.kind == kind for stage in book.stages)
        if count not in allowed:
            wanted = "exactly one" if allowed == {1} else "at most one"
            yield "stages", f"there are {count} stages of kind {kind}; {wanted} can be"


def _selection_windows(book) -> Iterator[Fault]:
    """Together they take every day of the collection, and none twice."""
    collections = [stage for stage in book.stages if stage.kind == "collection"]
    windows = sorted(
        (stage for stage in book.stages if stage.works_from is not None),
        key=lambda stage: stage.works_from,
    )
    if not windows or len(collections) != 1:
        return
    [collection] = collections
    expected = collection.starts_on
    for stage in windows:
        path = f"stages[{stage.key}].works_from"
        if stage.works_from < collection.starts_on:
            yield path, f"{stage.works_from} lies before the collection begins"
        elif stage.works_from < expected:
            yield path, f"{stage.works_from} already belongs to the selection before"
        elif stage.works_from > expected:
            yield path, f"works of {expected} belong to no selection"
        expected = stage.works_until + dt.timedelta(days=1)
    last = f"stages[{windows[-1].key}].works_until"
    after = collection.ends_on + dt.timedelta(days=1)
    if expected > after:
        yield last, f"{windows[-1].works_until} lies after the collection ends"
    elif expected < after:
        yield last, f"works of {expected} belong to no selection"


def _publication(book) -> Iterator[Fault]:
    if book.publication is None:
        return
    days = [("opening_on", book.publication.opening_on)]
    days += [
        (f"nodes[{node.key}]", book.publication.day_of(node))
        for node in book.publication.nodes
    ]
    for name, day in days:
        if not book.contest.starts_on <= day <= book.contest.ends_on:
            yield f"publication.{name}", f"{day} lies outside the contest"


def _outreach(book) -> Iterator[Fault]:
    if book.outreach is None:
        if book.districts:
            yield "districts", "districts need the part [outreach]"
        return
    if not book.districts:
        yield "outreach", "there are no [[districts]] it could concern"
    months = set(_months(book.contest))
    for district in book.districts:
        if (book.outreach.year, district.month) not in months:
            month = f"{book.outreach.year}-{district.month:02d}"
            yield f"districts[{district.key}].month", f"{month} is outside the contest"
    if not book.contest.starts_on <= book.outreach.due_on <= book.contest.ends_on:
        yield "outreach.due_on", f"{book.outreach.due_on} lies outside the contest"


def _months(contest):
    year, month = contest.starts_on.year, contest.starts_on.month
    while (year, month) <= (contest.ends_on.year, contest.ends_on.month):
        yield year, month
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _concerned(book) -> Iterator[Fault]:
    """What is asked of some categories and tracks only names those there are."""
    known = {
        "categories": {category.key for category in book.categories},
        "tracks": {track.key for track in book.tracks},
    }
    for part in ("declarations", "review_checks", "fields", "proofs"):
        for asked in getattr(book, part):
            for name, keys in known.items():
                for key in getattr(asked, name):
                    if key not in keys:
                        yield f"{part}[{asked.key}].{name}", f'there is no "{key}"'


def _declarations(book) -> Iterator[Fault]:
    for declaration in book.declarations:
        path = f"declarations[{declaration.key}]"
        if declaration.page and declaration.page not in book.texts:
            yield f"{path}.page", f"texts/{declaration.page}.md does not exist"


def _lists_of_fields(book) -> Iterator[Fault]:
    """A field and the list it chooses from come together."""
    asked = {field.key: field for field in book.fields}
    for key, name in (("tags", "entrant_tags"), ("author_roles", "author_roles")):
        if getattr(book, name) and key not in asked:
            yield name, f'nobody is asked: there is no field "{key}"'
    if "tags" in asked and not book.entrant_tags:
        yield "fields[tags]", "there are no [[entrant_tags]] to choose from"
    for key, media in MEDIA_OF_FIELD.items():
        for category in book.categories:
            named = key in asked and category.key in asked[key].categories
            if named and category.media != media:
                yield f"fields[{key}].categories", f"{category.key} is no {media}"


def _guardian(book) -> Iterator[Fault]:
    asked = {field.key for field in book.fields} & {"author_age", "shows_children"}
    guardian = book.guardian
    if guardian is None:
        for key in sorted(asked):
            yield f"fields[{key}]", "it needs the part [guardian]"
        return
    if not asked:
        yield "guardian", 'neither "author_age" nor "shows_children" is asked'
    if book.proof(guardian.proof) is None:
        yield "guardian.proof", f'there is no proof "{guardian.proof}"'
    if guardian.form and guardian.form not in book.texts:
        yield "guardian.form", f"texts/{guardian.form}.md does not exist"
    signed = {each.key for each in book.declarations if each.moment == "guardian"}
    for key in sorted(signed ^ ({guardian.statement} - {""})):
        yield "guardian.statement", f'"{key}" is no declaration of a guardian'


def _licence(book) -> Iterator[Fault]:
    if book.licence is None:
        return
    if book.declaration(book.licence.declaration) is None:
        key = book.licence.declaration
        yield "licence.declaration", f'there is no declaration "{key}"'
    form = book.licence.winner_form
    if form and form.text not in book.texts:
        yield "licence.winner_form.text", f"texts/{form.text}.md does not exist"


def _duties(book) -> Iterator[Fault]:
    units = {unit.key for unit in book.units}
    for duty in book.duties:
        if duty.unit is not None and duty.unit not in units:
            yield f"duties[{duty.key}].unit", f'there is no unit "{duty.unit}"'


def _summary_table(book) -> Iterator[Fault]:
    """Every row of the table finds its track and its category."""
    table = book.summary_table
    if table is None:
        return
    for name in ("track", "category"):
        parts = {part.key for part in getattr(book, TABLE_PARTS[name])}
        chosen = getattr(table, name)
        if chosen is not None and chosen not in parts:
            yield f"summary_table.{name}", f'there is no {name} "{chosen}"'
        if chosen is None and len(parts) > 1 and not table.asks(name):
            yield "summary_table.columns", f"no column says the {name}, nor does {name}"


def _genres(book) -> Iterator[Fault]:
    for category in book.categories:
        for genre in category.genres:
            if genre not in book.genres:
                yield f"categories[{category.key}].genres", f'"{genre}" is no genre'


def _files(book) -> Iterator[Fault]:
    for name in REQUIRED_TEXTS:
        if name not in book.texts:
            yield "", f"texts/{name}.md is missing"
    wanted = [(f"units[{unit.key}].picture", unit.picture) for unit in book.units]
    wanted += [
        (f"home_pictures.{key}", book.home_pictures[key])
        for key in sorted(book.home_pictures)
    ]
    for path, name in wanted:
        if name and name not in book.pictures:
            yield path, f"pictures/{name} does not exist"


def _rule_ids(book) -> Iterator[Fault]:
    """Where a part names only a rule id, some part quotes that rule's sentence."""
    for path, rule in _named_rules(book):
        if rule is None:
            continue
        try:
            book.clause(rule)
        except LookupError:
            yield path, f"no [[clauses]] entry quotes rule {rule}"


def _named_rules(book):
    parts = ("stages", "award_kinds", "channels", "review_checks")
    for name in (*parts, "entrant_tags", "proofs"):
        for part in getattr(book, name):
            yield f"{name}[{part.key}].rule", part.rule
    for figure, rule in book.defaults.rules.items():
        yield f"defaults.rules.{figure}", rule
    if book.publication:
        yield "publication.rule", book.publication.rule
    if book.licence and book.licence.winner_form:
        yield "licence.winner_form.rule", book.licence.winner_form.rule
    if book.summary_table:
        yield "summary_table.rule", book.summary_table.rule
    if book.outreach:
        for name in ("stations", "seats", "equipment", "due", "activities"):
            field = f"{name}_rule"
            yield f"outreach.{field}", getattr(book.outreach, field)


def _quotations(book) -> Iterator[Fault]:
    """What is said to be the notice's own sentence stands in the texts."""
    whole = "".join(_bare(text) for _key, text in sorted(book.texts.items()))
    for path, sentence in _quoted(book):
        if _bare(sentence) not in whole:
            yield path, "this sentence stands in none of the texts; quote it exactly"


def _bare(text):
    """Without spaces and Markdown's marks, all punctuation of one width."""
    letters = unicodedata.normalize("NFKC", text)
    return "".join(c for c in letters if not c.isspace() and c not in "*#>\\")


def _quoted(book):
    for category in book.categories:
        for name, limit in category.limits.each():
            if limit.source == "notice":
                path = f"categories[{category.key}].limits.{name}.clause"
                yield path, limit.clause
    for unit in book.units:
        for paragraph in unit.description.splitlines():
            yield f"units[{unit.key}].description", paragraph
    for track in book.tracks:
        yield f"tracks[{track.key}].audience", track.audience
    for declaration in book.declarations:
        if declaration.source == "notice":
            yield f"declarations[{declaration.key}].text", declaration.text
    for reason in book.review_reasons:
        if reason.source == "notice":
            yield f"review_reasons[{reason.key}].clause", reason.clause
    for duty in book.duties:
        yield f"duties[{duty.key}].clause", duty.clause
    yield from _quoted_table(book.summary_table)
    for clause in book.clauses:
        if clause.source == "notice":
            yield f"clauses[{clause.rule}].text", clause.text


def _quoted_table(table):
    """The printed words of the notice's own table."""
    if table is None or table.source != "notice":
        return
    for name in ("title", "organisation_label", "contact_label", "phone_label"):
        yield f"summary_table.{name}", getattr(table, name)
    for column in table.columns:
        yield "summary_table.columns", column.label


CHECKS = (
    _keys,
    _prize_groups,
    _award_kinds,
    _stages,
    _selection_windows,
    _publication,
    _outreach,
    _concerned,
    _declarations,
    _lists_of_fields,
    _guardian,
    _licence,
    _duties,
    _summary_table,
    _genres,
    _files,
    _rule_ids,
    _quotations,
)
