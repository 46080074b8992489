"""Small pieces of markup and arithmetic that the components share."""

import pytest
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template

from contest_portal.templatetags import ui


def test_quotes_of_display_type_are_set_at_half_width():
    shown = ui.halt_quotes("“益”起")

    assert shown == ('<span class="halt">“</span>益<span class="halt">”</span>起')


def test_markup_in_display_type_stays_text():
    assert ui.halt_quotes("<b>“a”") == (
        '&lt;b&gt;<span class="halt">“</span>a<span class="halt">”</span>'
    )


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [
        (0, 5, 0),
        (2, 5, 40),
        (5, 5, 100),
        (6, 5, 100),
        (-1, 5, 0),
        (0, 0, 0),
        (1, 3, 33),
    ],
)
def test_percent_stays_between_nothing_and_everything(part, whole, percent):
    assert ui.percent_of(part, whole) == percent


@pytest.mark.parametrize(("percent", "level"), [(0, 148), (50, 94), (100, 40)])
def test_water_rises_with_the_percentage(percent, level):
    assert ui.water_level(percent) == level


@pytest.mark.parametrize(
    ("width", "height", "css"),
    [
        (1920, 1080, "tile-178"),
        (1080, 1920, "tile-56"),
        (1000, 1000, "tile-100"),
        (5000, 100, "tile-200"),
        (None, None, "tile-150"),
    ],
)
def test_a_tile_takes_the_nearest_shape(width, height, css):
    assert ui.shape(width, height) == css


def test_styles_link_one_sheet_per_component():
    template = Template('{% load ui %}{% styles "button" "tag" %}')

    html = template.render(Context())

    assert html == (
        '<link rel="stylesheet" href="/static/css/components/button.css">\n'
        '<link rel="stylesheet" href="/static/css/components/tag.css">'
    )


def test_an_icon_is_hidden_from_screen_readers():
    html = Template('{% load ui %}{% icon "upload" %}').render(Context())

    assert 'aria-hidden="true"' in html
    assert "sprite.svg#upload" in html


TABLE = """
{% load ui %}
{% list_table "Work" "Days" numeric="2" label="Requests" verb=verb page=page %}
  <tr><th scope="row">{{ title }}</th><td>3</td></tr>
{% endlist_table %}
"""


@pytest.mark.parametrize(("verb", "heads"), [("", 2), ("Open", 3)])
def test_a_list_is_a_table_with_a_head_for_each_cell(verb, heads):
    context = Context({"title": "<Boats>", "verb": verb})

    html = Template(TABLE).render(context)

    assert html.count('<th scope="col"') == heads
    assert '<th scope="col">Work</th><th scope="col" class="numeric">Days</th>' in html
    assert '<tr><th scope="row">&lt;Boats&gt;</th><td>3</td></tr>' in html
    assert 'class="pagination"' not in html


def test_a_list_of_several_pages_links_to_them(rf):
    page = Paginator(range(5), per_page=2).page(2)
    context = RequestContext(rf.get("/?state=sent"), {"page": page})

    html = Template(TABLE).render(context)

    assert 'rel="next" href="?state=sent&amp;page=3"' in html
