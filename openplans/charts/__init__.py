"""Points of a concept -> charts: an SVG that stands inside a page
and needs no script, and the same chart as Vega and Vega-Lite.

chart.py says what a chart is; lines.py, rows.py and spread.py lay it out; vega_lite.py says it in Vega-Lite; drawing.py
draws it and keeps what it drew.
"""

from openplans.charts.chart import Chart, filled, label
from openplans.charts.drawing import Drawing, draw, drawings
from openplans.charts.layout import broken
from openplans.charts.style import FONT_SIZE, NARROW, SIZES, WIDE, Size

__all__ = [
    "FONT_SIZE",
    "NARROW",
    "SIZES",
    "WIDE",
    "Chart",
    "Drawing",
    "Size",
    "broken",
    "draw",
    "drawings",
    "filled",
    "label",
]
