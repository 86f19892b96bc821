"""`python -m openplans.charts FOLDER`: draws the charts that come pickled on standard input into the folder."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from openplans.charts.drawing import draw

for _ in draw(pickle.load(sys.stdin.buffer), Path(sys.argv[1])):
    pass
