"""Golden outputs: files of tests/golden/ that a test compares byte for byte, and `--update-golden` writes anew.

Comes in: outputs of the tiny project by name. Goes out: those that differ from the reviewed ones. They are read like
code, so markup and JSON are laid out in lines that a reviewer can take in.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

GOLDEN = Path(__file__).parent / "golden"

LONG = 120
"""Letters of a line beyond which it is broken: a tag before its attributes, a text after its sentences."""


def differing(folder: Path, shown: Mapping[str, str], rewrite: bool) -> list[str]:
    """The names of outputs that are not as they were reviewed: other, new or gone. To rewrite makes them so."""
    if rewrite:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, text in shown.items():
            (folder / name).write_text(text, encoding="utf-8")
    kept = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*"))}
    return sorted(name for name in {*kept, *shown} if kept.get(name) != shown.get(name))


def one_a_line(markup: str) -> str:
    """Markup with every element on a line of its own, less drawings and what depends on a compressor."""
    plain = re.sub(r"(?s)<svg .*?</svg>", "<svg/>", re.sub(r"\d+(\.\d+)? [KM]B", "… KB", markup))
    plain = re.sub(r"\\u([2-9f][0-9a-f]{3})", lambda found: chr(int(found[1], 16)), plain)  # of the front matter
    plain = re.sub(r'(?s)(<script type="application/(?:ld\+)?json"[^>]*>)(.*?)(</script>)', _script, plain)
    lines = re.sub(r">\s*<", ">\n<", plain).split("\n")
    return "\n".join(part for line in lines for part in _broken(line))


def printed(value: object) -> str:
    """JSON as a person reads it."""
    return json.dumps(value, ensure_ascii=False, indent=1)


def _script(found: re.Match[str]) -> str:
    return f"{found[1]}\n{printed(json.loads(found[2]))}\n{found[3]}"


def _broken(line: str) -> list[str]:
    """A line that is too long in several: an element within a text, an attribute, a sentence each."""
    for place in (r"(?<=[^\s>])(?=<[a-z])", r'(?<=")(?= [a-z-]+(?:=|>))', r"(?<=[。；])"):
        if len(line) <= LONG:
            break
        line = re.sub(place, "\n", line)
    return line.split("\n")
