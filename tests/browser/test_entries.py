"""Credits, a guardian's consent, papers and the order of a series, in the browser."""

import pytest
from playwright.sync_api import expect

from submissions.models import Submission
from tests.browser import wizard
from tests.browser.files import make_photo
from tests.browser.looking import look_at
from tests.factories.accounts import CitizenFactory
from tests.factories.submissions import SubmissionFactory, make_media_file
from tests.submissions.media.papers import pdf_bytes


@pytest.fixture
def citizen(contest):
    return CitizenFactory(full_name="王小荷")


@pytest.fixture
def draft(contest, citizen):
    return SubmissionFactory(
        contest=contest,
        author=citizen,
        title="桥边的清晨",
        entrant_name="王小荷",
        unit=contest.units.get(key="city"),
        track=contest.tracks.get(key="university"),
        category=contest.categories.get(key="photo"),
    )


@pytest.fixture
def open_step(new_page, citizen, draft):
    def open_step(step, **options):
        page = new_page(user=citizen, **options)
        page.goto(f"/submissions/{draft.pk}/edit/{step}/")
        return page

    return open_step


def names_and_roles(draft):
    return list(draft.authors.values_list("name", "role"))


def wait_for(page, read, wanted):
    """Until what is read from the database is as wanted: the draft saves itself."""
    for _moment in range(100):
        if read() == wanted:
            return
        page.wait_for_timeout(100)
    assert read() == wanted


def test_credits_are_added_moved_and_removed_in_place(open_step, draft):
    page = open_step("story")
    name, role = page.locator("[name=author_name]"), page.locator("[name=author_role]")
    role.first.fill("导演")
    page.locator("[data-credit-add]").click()
    expect(name.nth(1)).to_be_focused()
    name.nth(1).fill("李示例")
    role.nth(1).fill("摄影")
    look_at(page)

    page.locator("[data-credit-up]").nth(1).click()
    expect(page.locator("[data-credit-status]")).to_contain_text("李示例")
    both = [("李示例", "摄影"), ("王小荷", "导演")]
    wait_for(page, lambda: names_and_roles(draft), both)

    page.locator("[data-credit-remove]").first.click()
    wait_for(page, lambda: names_and_roles(draft), [("王小荷", "导演")])


def test_credits_can_be_moved_without_script(open_step, draft):
    page = open_step("story", java_script_enabled=False)
    page.locator("[data-credit-add]").click()
    page.wait_for_url("**/story/?more=1#authors")
    page.locator("[name=author_name]").nth(1).fill("李示例")
    page.locator("[data-credit-up]").nth(1).click()
    page.wait_for_url("**/story/#authors")
    look_at(page)

    assert names_and_roles(draft) == [("李示例", ""), ("王小荷", "")]


def test_a_guardian_signs_or_sends_the_paper(open_step, draft):
    page = open_step("rights")
    guardian = page.locator("#guardian")
    expect(guardian).to_be_hidden()
    wizard.answer(page, "author_age", "under_14")
    expect(guardian).to_be_visible()
    look_at(page)

    page.locator("#guardian [name=guardian_name]").fill("王示例")
    signed = draft.declarations.filter(key="guardian-statement")
    wait_for(page, lambda: list(signed.values_list("signed_by", flat=True)), ["王示例"])

    paper = page.locator("#paper-guardian")
    scan = {"name": "同意书.pdf", "mimeType": "application/pdf", "buffer": pdf_bytes()}
    paper.locator("input[type=file]").set_input_files(scan)
    expect(paper.locator(".paper-name")).to_have_text("同意书.pdf")
    assert draft.attachments.get().proof_key == "guardian"
    look_at(page)

    paper.locator("[data-paper-remove]").click()
    expect(paper.locator(".paper-name")).to_have_count(0)
    assert not draft.attachments.exists()


def test_a_paper_that_is_none_is_refused_beside_it(open_step, draft):
    page = open_step("rights")
    page.locator("[name=school]").select_option("other")
    page.locator("[name=school_other]").fill("示例大学")
    paper = page.locator("#paper-student")
    paper.locator("input[type=file]").set_input_files(
        {"name": "证明.pdf", "mimeType": "application/pdf", "buffer": b"<html></html>"}
    )

    expect(paper.locator(".field-error")).to_be_visible()
    look_at(page)
    draft.refresh_from_db()
    assert (draft.school, draft.attachments.count()) == ("示例大学", 0)


def test_papers_are_sent_with_the_step_without_script(open_step, draft):
    page = open_step("rights", java_script_enabled=False)
    page.locator("[name=school]").select_option(index=1)
    paper = page.locator("#paper-student")
    paper.locator("input[type=file]").set_input_files(
        {"name": "证明.pdf", "mimeType": "application/pdf", "buffer": pdf_bytes()}
    )
    paper.locator("[value=add-paper]").click()
    page.wait_for_url("**/rights/#papers")

    expect(paper.locator(".paper-name")).to_have_text("证明.pdf")
    look_at(page)
    assert draft.attachments.get().proof_key == "student"
    assert Submission.objects.get().school


def test_a_series_is_ordered_by_buttons_and_by_dragging(open_step, draft):
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        make_media_file(draft, original_name=name)
    page = open_step("files")
    files = page.locator("[data-series-file]")
    files.nth(2).locator("[name^=caption-]").fill("晨雾里的桥")
    look_at(page)

    files.nth(2).locator("[data-series-move=cover]").click()
    expect(files.first).to_have_attribute("data-name", "c.jpg")
    expect(files.first.locator("[name^=caption-]")).to_have_value("晨雾里的桥")
    expect(files.first.locator("[data-series-move=later]")).to_be_focused()
    assert order(draft) == ["c.jpg", "a.jpg", "b.jpg"]

    drag(page, files.first.locator("[data-series-grip]"), onto=files.nth(1))
    expect(files.nth(1)).to_have_attribute("data-name", "c.jpg")
    expect(page.locator("[data-series-status]")).to_contain_text("c.jpg")
    wait_for(page, lambda: order(draft), ["a.jpg", "c.jpg", "b.jpg"])
    assert draft.media_files.get(position=2).caption == "晨雾里的桥"


def test_after_a_move_captions_are_counted_and_files_can_be_replaced(
    open_step, draft, tmp_path
):
    for name in ("a.jpg", "b.jpg"):
        make_media_file(draft, original_name=name)
    page = open_step("files")
    files = page.locator("[data-series-file]")

    files.nth(1).locator("[data-series-move=cover]").click()
    expect(files.first).to_have_attribute("data-name", "b.jpg")
    files.first.locator("[name^=caption-]").fill("桥")
    expect(files.first.locator(".field-counter")).to_have_text("还能写 99 字")
    files.first.locator(".file-replace summary").click()
    files.first.locator("input[type=file]").set_input_files(
        make_photo(tmp_path / "c.jpg")
    )

    expect(files.first).to_have_attribute("data-name", "c.jpg", timeout=30_000)
    expect(page).to_have_title("上传作品")
    look_at(page)
    assert order(draft) == ["c.jpg", "a.jpg"]
    assert draft.media_files.first().caption == "桥"


def order(draft):
    return list(draft.media_files.values_list("original_name", flat=True))


def drag(page, grip, *, onto):
    grip.evaluate(
        "grip => window.scrollBy({"
        "top: grip.getBoundingClientRect().top - 130, behavior: 'instant'})"
    )
    start = grip.bounding_box()
    page.mouse.move(start["x"] + 20, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(start["x"] + 20, start["y"] + 40, steps=3)
    end = onto.bounding_box()  # captions and buttons are out of the way now
    page.mouse.move(start["x"] + 20, end["y"] + end["height"] * 0.7, steps=12)
    page.mouse.up()
