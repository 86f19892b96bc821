"""What stands beside the pages for each chart: pictures, the specifications, and the page that others embed.

Comes in: charts and the templates of each edition. Goes out: addresses and contents. Apart from the pages, because
these pass MkDocs by: an embedded page has no frame, and a hundred of them cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import Environment

from openplans import routes
from openplans.charts import FONT_SIZE, broken
from openplans.pages.concept_charts import ConceptChart, SizedChart
from openplans.pages.page import Page
from openplans.text.amounts import Language

MARGIN = 10
"""What stands around a chart in a picture, in the units of the chart."""

INDENT = 4
"""Between the title and what is below it."""


@dataclass(frozen=True)
class TextLine:
    """A line of text in a picture: its baseline and the size of its letters."""

    text: str
    y: float
    size: float
    bold: bool = False


def chart_files(
    charts: dict[str, ConceptChart], environments: dict[Language, Environment]
) -> Iterator[tuple[str, str]]:
    """For each chart and language: embed/<concept>/index.html, and data/charts/<concept> as .svg in both sizes,
    .vl.json (Vega-Lite) and .vg.json (Vega); a chart that is only a sentence has no specification. Of each .svg
    publish.py makes a .png."""
    for concept_id, chart in charts.items():
        for language, env in environments.items():
            page = Page(routes.embed(concept_id), "embed", None, language)
            words = {"chart": chart, "page": page, "root": page.root, "to": page.to}
            yield routes.in_folder(page.address), env.get_template("files/embed.html.j2").render(words)
            for name, view in chart["views"].items():
                yield routes.chart_file(concept_id, "svg", language, name), _picture(chart, view, env, language)
                if chart["form"] != "equal":
                    yield routes.chart_file(concept_id, "vg.json", language, name), view["vega"][language]
            if chart["form"] != "equal":
                yield routes.chart_file(concept_id, "vl.json", language), chart["views"]["wide"]["vega_lite"][language]


def _picture(chart: ConceptChart, view: SizedChart, env: Environment, language: Language) -> str:
    """A chart as an SVG file: the sentence, what is measured, the
    chart, its signs, the documents, the address and the date."""
    room = view["size"].width
    title = chart["brief" if view["size"].name == "narrow" else "titles"][language]
    head = list(_stacked(title, MARGIN, room, 15, bold=True))
    below = head[-1].y + INDENT
    if chart["form"] != "equal":
        head += _stacked(chart["measured"][language], below, room, 11)
    top = head[-1].y + 2 * INDENT
    foot: list[TextLine] = []
    source = env.get_template("files/source.j2").render(chart=chart, language=language)
    signs = [] if chart["form"] == "equal" else [chart["signs"][language]]
    for text in [*signs, chart["documents"][language], *source.strip().splitlines()]:
        foot += _stacked(text, foot[-1].y if foot else top + view["height"] + INDENT, room, 10)
    return env.get_template("files/chart.svg.j2").render(
        chart=chart, title=title, view=view, head=head, foot=foot, top=top, margin=MARGIN, height=foot[-1].y + MARGIN,
        width=room + 2 * MARGIN, scale=view["size"].shown / (room + 2 * MARGIN),
    )  # fmt: skip


def _stacked(text: str, top: float, room: float, size: float, bold: bool = False) -> Iterator[TextLine]:
    """A text in lines, below `top`."""
    for number, line in enumerate(broken(text, room, size / FONT_SIZE, bold), start=1):
        yield TextLine(line, round(top + number * size * 1.35, 1), size, bold)
