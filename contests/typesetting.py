"""Texts of the rule book as pages: Markdown in, safe HTML out."""

import itertools
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import format_html
from markdown_it import MarkdownIt


@dataclass(frozen=True)
class Heading:
    level: int
    anchor: str
    text: str


@dataclass(frozen=True)
class TypesetText:
    """`html` holds no markup of the writer's own: raw HTML is shown as typed."""

    title: str
    html: str
    headings: tuple[Heading, ...]

    @property
    def chapters(self) -> list[Heading]:
        return [heading for heading in self.headings if heading.level == 2]


def _open_table(renderer, tokens, index, options, env):
    """Tables scroll in a box of their own, also by keyboard."""
    return format_html(
        '<div class="table-box" tabindex="0" role="region" aria-label="{}">'
        '<table class="table">',
        env["title"],
    )


def _close_table(renderer, tokens, index, options, env):
    return "</table></div>"


_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
_markdown.add_render_rule("table_open", _open_table)
_markdown.add_render_rule("table_close", _close_table)


@lru_cache(maxsize=64)
def typeset(text: str) -> TypesetText:
    """The text with its first line as title and an anchor on every heading."""
    _opening, title, _closing, *body = _markdown.parse(text)
    headings = []
    for token, content in itertools.pairwise(body):
        if token.type == "heading_open":
            anchor = f"s{len(headings) + 1}"
            token.attrSet("id", anchor)
            headings.append(Heading(int(token.tag[1:]), anchor, content.content))
    html = _markdown.renderer.render(body, _markdown.options, {"title": title.content})
    return TypesetText(title.content, html, tuple(headings))
