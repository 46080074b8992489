"""Small pieces of markup and arithmetic that the components share."""

import re
from dataclasses import dataclass

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join

register = template.Library()

QUOTES = {"“", "”"}
BOWL_TOP, BOWL_BOTTOM = 40, 148  # of the water in components/bowl_meter.html


@register.simple_tag
def icon(name, css=""):
    """A Lucide icon from the vendored sprite; decoration, a word stands beside it."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"></use></svg>',
        css,
        static("vendor/lucide/sprite.svg"),
        name,
    )


@register.simple_tag
def styles(*components):
    """Link elements for components' style sheets, in the given order."""
    return format_html_join(
        "\n",
        '<link rel="stylesheet" href="{}">',
        ((static(f"css/components/{name}.css"),) for name in components),
    )


@dataclass(frozen=True)
class Column:
    """The head of a column, as components/list_table.html takes it."""

    words: str
    is_numeric: bool


@register.simple_block_tag(takes_context=True)
def list_table(context, content, *heads, label, numeric="", verb="", page=None, css=""):
    """The rows it encloses as a table under these heads, and links to its pages.

    `numeric` counts from one: the columns whose figures stand to the right.
    """
    columns = [
        Column(words, is_numeric=str(place) in numeric.split())
        for place, words in enumerate(heads, start=1)
    ]
    table = context.template.engine.get_template("components/list_table.html")
    taken = {"columns": columns, "rows": content, "label": label}
    with context.push(**taken, verb=verb, page=page, css=css):
        return table.render(context)


@register.filter
def halt_quotes(text):
    """Sets “ and ” of display type at half width, as the notice's title is printed."""
    parts = re.split("([“”‘’])", str(text))
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<span class="halt">{}</span>', part),)
            if part in QUOTES
            else (part,)
            for part in parts
        ),
    )


@register.filter
def percent_of(part, whole):
    """A whole number from 0 to 100; nothing of nothing is 0."""
    return min(100, max(0, round(100 * part / whole))) if whole else 0


@register.filter
def water_level(percent):
    """How far down the bowl the water's surface lies, in the meter's own units."""
    return round(BOWL_BOTTOM - (BOWL_BOTTOM - BOWL_TOP) * percent / 100, 1)


SHAPES = (56, 75, 100, 133, 150, 178, 200)  # classes of tile.css: width per 100 height


@register.simple_tag
def shape(width, height):
    """The class of tile whose proportions come closest to the picture's."""
    if not width or not height:
        return "tile-150"
    wanted = 100 * width / height
    return f"tile-{min(SHAPES, key=lambda percent: abs(percent - wanted))}"
