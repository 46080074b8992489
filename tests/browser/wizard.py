"""What somebody does in the wizard, with or without script."""

from playwright.sync_api import Page, expect

CHOICES = {"unit": "city", "track": "public", "category": "photo"}
TITLE = "清晨的义务巡河队"


def at_step(page: Page, step: str) -> None:
    """The page has arrived at a step."""
    page.wait_for_url(f"**/edit/{step}/**")


def go_on(page: Page) -> None:
    main_button(page).click()


def main_button(page: Page):
    return page.locator(".dock .button-main")


def choose(page: Page) -> None:
    """Unit, track and category."""
    for name, key in CHOICES.items():
        page.locator(f"label:has([name={name}][value={key}])").click()


def upload(page: Page, path) -> None:
    """Choose a file; where no script sends it at once, press the button."""
    form = page.locator("form:has(.drop)")
    form.locator("input[type=file]").set_input_files(path)
    button = form.locator(".upload-go")
    if button.is_visible():
        button.click()


def tell_story(page: Page, *, title: str = TITLE) -> None:
    page.locator("[name=title]").fill(title)
    page.locator("[name=story]").fill("每天六点，他们沿着河走一圈，捡起昨夜的垃圾。")
    page.locator("[name=shot_on]").fill("2023-09-20")
    page.locator("[name=shot_place]").fill("示例河边")
    page.locator("[name=entrant_name]").fill("王小荷")
    page.locator("[name=author_name]").first.fill("王小荷")
    page.locator("[data-credit-add]").click()
    page.locator("[name=author_name]").nth(1).fill("李示例")
    page.locator("label:has([name=ai_use][value=none])").click()


def tick_everything(page: Page) -> None:
    """Every declaration, and that nobody in the work is young."""
    for tick in page.locator(".consent-input").all():
        tick.check()
    answer(page, "author_age", "adult")
    answer(page, "shows_children", "no")


def answer(page: Page, name: str, value: str) -> None:
    """Choose one of the radio buttons of a question."""
    page.locator(f"label:has([name={name}][value={value}])").click()


def expect_state_of_file(page: Page, state: str) -> None:
    expect(page.locator(f".file-card .tag-{state}")).to_be_visible()
