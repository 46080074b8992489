"""What a browser sends from the steps of the wizard."""

STORY = {
    "title": "Morning by the river",
    "story": "Aunt Zhou sweeps the bank.",
    "genre": "Documentary",
    "shot_on": "2031-04-01",
    "shot_place": "North bank",
    "entrant": "person",
    "entrant_name": "王小荷",
    "organisation_name": "",
    "author_name": ["王小荷", " 李桂 ", ""],
    "author_role": ["Director", "", ""],
    "ai_use": "none",
    "ai_note": "",
}
TICKS = {"declare-own": "on", "declare-portraits": "on", "declare-unmodified": "on"}


def step(draft, name):
    return f"/submissions/{draft.pk}/edit/{name}/"
