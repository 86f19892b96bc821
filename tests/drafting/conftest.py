"""A project with the real registry, and a document that nobody has seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from openplans.paths import Paths
from tests.drafting.fresh import copied

DOCUMENTS = Path(__file__).parent / "documents"
TITLE = "安溪县城乡融合发展行动计划（2026—2028年）"
PLAN = "350524-anxi-2026"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The real packages, to be added to."""
    return copied(tmp_path, "registry", "observations", "plans")


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A project without a plan yet, with the real registry."""
    return Paths.of(copied(tmp_path))
