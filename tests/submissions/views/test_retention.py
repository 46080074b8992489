"""What goes after the contest, shown to those who run it."""

from tests.factories.submissions import make_complete_draft


def test_organisers_see_what_goes_and_when(visit, contest, organiser):
    make_complete_draft(contest)

    page = visit(organiser).get("/retention/")

    counts = [count for _name, _goes_at, count in page.context["lines"]]
    assert counts == [1, 0, 0, 0]
    assert "Drafts that were never handed in" in page.content.decode()


def test_nobody_else_does(visit, contest, reviewer, stranger):
    codes = [visit(who).get("/retention/").status_code for who in (reviewer, stranger)]

    assert codes == [404, 404]
