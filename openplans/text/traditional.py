"""The traditional and other forms of a Chinese character, as the simplified one.

Comes in: traditional.txt, a simplified character and its other forms a line. Goes out: a table for str.translate. The
file is made of OpenCC's characters (Apache License 2.0) by `python -m openplans.text.traditional`, and a test holds the
two together: so neither the build nor a server needs OpenCC. Standard library only: Datasette's plugin carries a copy.
"""

from __future__ import annotations

from pathlib import Path

_FILE = Path(__file__).with_suffix(".txt")


def lines() -> list[str]:
    """Each simplified character with its other forms: "国國"."""
    return _FILE.read_text(encoding="utf-8").splitlines()


def forms() -> dict[str, str]:
    """Each other form and its simplified character."""
    return {other: line[0] for line in lines() for other in line[1:]}


def from_opencc() -> str:
    """What traditional.txt has to hold."""
    from opencc import OpenCC

    convert, found = OpenCC("t2s").convert, dict[str, str]()
    # The blocks of ideographs that keyboards propose. Twice: 薴 is a form of 苧, and that one of 苎.
    for letter in map(chr, range(0x3400, 0xA000)):
        if (simple := convert(convert(letter))) != letter:
            found[simple] = found.get(simple, "") + letter
    return "".join(f"{simple}{others}\n" for simple, others in sorted(found.items()))


if __name__ == "__main__":
    _FILE.write_text(from_opencc(), encoding="utf-8", newline="\n")
