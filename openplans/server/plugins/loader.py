"""Registers the plugins beside this file; the one file of a plain Datasette's plugins folder
(openplans/database/folder.py)."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from openplans.server.plugins import register

register()
