#!/usr/bin/env python3
"""Open Plans: checks the data packages and builds the site. The commands stand in openplans/cli/, a file each."""

from __future__ import annotations

import gc
import sys

from openplans.cli import main

if __name__ == "__main__":
    code = main()
    gc.freeze()  # what is left ends with the process: the interpreter need not look through all of it once more
    sys.exit(code)
