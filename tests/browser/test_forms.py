"""The whole way: a form is written, filled in, taken, checked,
built, and the verdict stands on the page in a real browser."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from openplans.paths import Paths
from tests.conftest import command
from tests.test_forms import FIGURE, PLAN, REPORT, fill


def test_a_form_that_comes_back_becomes_a_verdict_that_readers_see(
    stocked: Paths, tmp_path: Path, browser: Browser
) -> None:
    """98 or more are promised by the end of 2025; the data of January 2026 has 97 for 2025."""
    tiny, form = stocked.root, tmp_path / "form.xlsx"
    assert command("form", PLAN, "--root", tiny, "--to", form).returncode == 0
    figure = {**FIGURE, "value": 97, "period": 2025, "published": "2026-01-20"}
    fill(form, {f"{PLAN}-t005": figure, f"{PLAN}-p001": {**REPORT, "date": "2026-01-20", "next_step": "通车"}})
    taken = command("take", form, "--root", tiny, "--updated", "2026-01-31")
    assert taken.returncode == 0, taken.stdout
    assert command("check", "--root", tiny).returncode == 0
    assert command("site", "--root", tiny).returncode == 0
    page = browser.new_page()
    page.goto((tiny / f"site/plans/{PLAN}/targets/index.html").as_uri())
    row = page.locator("#t005")
    assert row.locator(".op-verdict").inner_text() == "未达到"
    assert "目标 ≥98%（2025年）；实际 97%（2025年）" in row.locator(".op-sum").inner_text()
    assert (
        row.locator(".op-sum").get_by_role("link", name="例县统计公报2024").first.get_attribute("href")
        == "https://tj.example.gov.cn/2024"
    )
    page.goto((tiny / f"site/plans/{PLAN}/projects/index.html").as_uri())
    assert "完成" in page.locator("#p001").inner_text()
    page.goto((tiny / "site/regions/990101/index.html").as_uri())
    assert page.locator("#not-reached").count() == 1
    page.close()
