"""What stands beside the pages for each chart: a picture, the specifications, and the page that others embed.

Comes in: figures and the templates of each edition. Goes out: addresses and contents. Apart from the pages, because
these pass MkDocs by: an embedded page has no frame, and a hundred of them cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment

from openplans import routes
from openplans.pages.contexts import Figure
from openplans.pages.page import Page
from openplans.text.amounts import Language


def chart_files(figures: dict[str, Figure], environments: dict[Language, Environment]) -> Iterator[tuple[str, str]]:
    """For each figure and language: embed/<concept>/index.html, and data/charts/<concept> as .svg, .vl.json (Vega-Lite) and .vg.json (Vega)."""
    for concept_id, figure in figures.items():
        for language, env in environments.items():
            page = Page(routes.embed(concept_id), "embed", None, language)
            words = {"chart": figure, "page": page, "root": page.root, "to": page.to}
            yield f"{page.address}/index.html", env.get_template("files/embed.html.j2").render(words)
            yield routes.chart_file(concept_id, "svg", language), env.get_template("files/chart.svg.j2").render(words)
            yield routes.chart_file(concept_id, "vl.json", language), figure["vega_lite"][language]
            yield routes.chart_file(concept_id, "vg.json", language), figure["vega"][language]
