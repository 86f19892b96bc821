"""A project with the real registry, and a document that nobody has seen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from openplans.paths import HOUSE, Paths

DOCUMENTS = Path(__file__).parent / "documents"
TITLE = "安溪县城乡融合发展行动计划（2026—2028年）"
PLAN = "350524-anxi-2026"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The real packages, to be added to."""
    shutil.copytree(HOUSE / "datapackages", tmp_path / "datapackages")
    return tmp_path


@pytest.fixture
def paths(project: Path) -> Paths:
    return Paths.of(project)
