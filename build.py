#!/usr/bin/env python3
"""Open Plans: checks the data packages and builds the site. The commands stand in openplans/cli/, a file each."""

from __future__ import annotations

import sys

from openplans.cli import main

if __name__ == "__main__":
    sys.exit(main())
