"""A chart -> its specification in Vega-Lite, by way of Altair.

Comes in: a Chart and a size. Goes out: the specification as plain data. Apart, because Altair takes a second to import:
a build that draws nothing anew does without.
"""

from __future__ import annotations

from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from openplans.charts import lines, rows, spread
from openplans.charts.chart import Chart
from openplans.charts.style import FONT_SIZE, INK, NARROW, QUIET, RULE, Size

FORMS = {"equal": lines.plot, "lines": lines.plot, "rows": rows.plot, "spread": spread.plot}


def specification(chart: Chart, size: Size = NARROW) -> dict[str, Any]:
    """The chart as Vega-Lite, for a size. Altair's class of the schema puts the layers together, since LayerChart
    copies all of them four times; layers put their data into the `whole`, which has each once under a name."""
    whole: dict[str, Any] = {"datasets": {}, "top_level": False}
    with debug_mode(False):  # checking every part against the schema costs more than drawing
        plot = FORMS[chart.form](chart, size)
        layered = alt.TopLevelLayerSpec(
            layer=plot.layers,
            width=plot.width,
            height=plot.height,
            padding=plot.padding,
            autosize=alt.AutoSizeParams(type="none"),
            params=[alt.VariableParameter(name="focus", value="")],
            config=_config(),
        )
        found: dict[str, Any] = layered.to_dict(validate=False, context=whole)
    return {"$schema": alt.SCHEMA_URL, **found, "datasets": whole["datasets"]}


def _config() -> alt.Config:
    """What all charts share. No title, legend or description: those are the page's."""
    axis = alt.AxisConfig(
        labelOverlap=False,
        labelFlush=False,
        labelLimit=0,
        labelFontSize=FONT_SIZE,
        labelColor=QUIET,
        domainColor=QUIET,
        tickColor=QUIET,
        gridColor=RULE,
        title=None,
    )
    text = alt.MarkConfig(fontSize=FONT_SIZE, color=INK)
    return alt.Config(background="transparent", aria=False, axis=axis, text=text, view=alt.ViewConfig(stroke=None))
