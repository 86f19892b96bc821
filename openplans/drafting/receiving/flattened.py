"""A table of which each cell has a line of its own, or several that a bar ends -> rows.

    序号            类别         |
    重点任务        序号         |
    责任单位        任务名称     |
    1               责任部门     |
    修复古桥        1            |

What the cells of a row are is told by the serial number that begins it. A column before the numbers is one of groups,
whose cell is merged over the rows of each. An empty cell has no line: where all rows have fewer cells than the head,
those behind the number are empty. Where bars part cells without numbers, each is a line.

Comes in: lines. Goes out: where such a table ends that begins at one, and its rows. Apart from `plain`, which reads
what has one line for each row.
"""

from __future__ import annotations

import re
from itertools import groupby, islice

from openplans.drafting.receiving.document import OUTLINE, Line, row
from openplans.text.bodies import is_body, is_person

_NUMBER = re.compile("[0-9]{1,3}")
SERIAL = re.compile("序 ?号|编 ?号")
_GROUPS = re.compile("类 ?[别型]|分 ?类|领 ?域|方 ?面|板 ?块|(?:项目|任务|工作)类别")
"""The head of a column before that of the numbers."""
_WIDEST, _SECOND = 16, 60
"""The number of columns that a responsibility list has at most; the header ends before the first serial number. The
second one stands within so many lines of the first."""
_SHORTEST = 3
"""The cells that a row has at least: its number, what it counts, a value."""
_RUNNING = re.compile(rf"(?:{OUTLINE}|表 ?[0-9一二三四五六七八九十]|[备附]?注[:：]|说明[:：]).*|.{{30,}}[。；;]")
"""A line that stands behind a table: a heading, a note, a paragraph."""
_BAR = re.compile(r"(?P<cell>[^|]*?)[ \t]*\|[ \t]*")
_PARTS = re.compile("[ 、,，;；]")
_TALLEST, _FEWEST = 12, 6
"""Lines that a cell has at most; cells that bars end in two rows of three."""
OF_ORGANIZATIONS = re.compile("单位|部门")
"""The head of a column that names who answers."""
_OF_DOING = re.compile("任务|内容|措施|举措|事项")
_OF_PEOPLE = re.compile("领导|责任人|负责人")
_OF_TIME = re.compile("时限|时间|期限|进度")
_TIME = re.compile("[0-9] ?[年月]|[年月季]度?[底末初]|长期|全年|常态|持续")
_HALF = re.compile("(?:牵头|责任|配合|协[办同]|主[办管]|完成|主要|[有相]关)+")
_OTHER_HALF = re.compile("单位|部门|时[间限]|期限|领导")
"""A head that was printed in two lines: 牵头|部门."""
_GROUP = re.compile("[一二三四五六七八九十]{1,3}、[^。;；]{2,40}")
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
_STEP, _FAR = 2, 999
"""How far the next serial number may be: one may be left out; of some rows of another list, many."""
_ORGANIZATION = re.compile("[局委办部会镇乡道司院府室队所社]\\S{0,12}$")
"""How the last cell of a row ends where the last column names who answers for it."""


def table(lines: list[Line], place: int) -> tuple[int, list[Line]]:
    """Where the table ends that begins at a place, and its rows; (place, []) where none does."""
    cells, end = _ended_by_bars(lines, place)
    if not cells:
        first = _first_number(lines, place)
        end = _end(lines, place, first)
        return _until_running_text(lines[place:end], place, first - place) if end else (place, [])
    if rows := _between_bars(cells):
        return end, rows
    if _between_bars(cells[1:]):  # the first is a line above the table
        return place, []
    return end, _numbered(cells) or [Line(cell) for cell in cells if cell]


def _ended_by_bars(lines: list[Line], place: int) -> tuple[list[str], int]:
    """The cells that begin at a place and that bars end, and where the last one ends."""
    cells: list[str] = []
    open_: list[str] = []
    end = place
    for at in range(place, len(lines)):
        text = lines[at].text.strip()
        bar = _BAR.fullmatch(text)
        if bar and bar["cell"] and open_ and not cells:  # a line above the table
            break
        if bar:
            cells.append(_whole([*open_, bar["cell"]]))
            open_, end = [], at + 1
        elif len(open_) == (_TALLEST if cells else 1):
            break
        elif text and not lines[at].page:
            open_.append(text)
    return (cells, end) if sum(map(bool, cells)) >= _FEWEST else ([], place)


def _between_bars(cells: list[str]) -> list[Line]:
    """The rows, where each begins and ends with a bar, so that two part it from the next; [] where they do not."""
    rows = [list(own) for said, own in groupby(cells, bool) if said]
    widths = {len(each) for each in rows}
    return [row(each) for each in rows] if len(rows) > 1 and len(widths) == 1 and min(widths) >= _SHORTEST else []


def _numbered(cells: list[str]) -> list[Line]:
    """The rows of cells that nothing parts but their numbers; [] where no head says that they have such."""
    groups = next((at for at, cell in enumerate(cells[:_WIDEST]) if SERIAL.fullmatch(cell)), None)
    numbers = [at for at, cell in enumerate(cells) if _NUMBER.fullmatch(cell)]
    if groups is None or not numbers or numbers[0] - 2 * groups < _SHORTEST:
        return []
    width, end = numbers[0] - 2 * groups, numbers[0] - groups
    rows, last = [cells[:end]], 0
    for at in numbers:
        if at >= end and int(cells[at]) > last:
            front = cells[end:at]
            own = cells[at : at + width]
            rows.append([*front, *[""] * (groups - len(front)), *own, *[""] * (width - len(own))])
            end, last = at + width, int(cells[at])
    return [*map(row, rows), *(Line(cell) for cell in cells[end:] if cell)]


def _whole(pieces: list[str]) -> str:
    """A cell of several lines; those that are each a unit stand under each other."""
    found = ""
    for piece in filter(None, pieces):
        found += f" {piece}" if is_body(_PARTS.split(found)[-1]) and is_body(piece) else piece
    return found


def _first_number(lines: list[Line], place: int) -> int:
    """The place of the head of the numbers, where it stands behind that of groups."""
    if not _GROUPS.fullmatch(lines[place].text.strip()):
        return place
    return next((at for at in range(place + 1, len(lines)) if lines[at].text.strip()), place)


def _end(lines: list[Line], place: int, number: int) -> int:
    """Where at the latest a table ends that begins at a place and has the head of its numbers at another: where the
    next one begins; 0 where none does here.
    """
    if not _begins(lines, number):
        return 0
    after = (at - number + place for at in range(number + 1, len(lines)) if _begins(lines, at))
    return next(after, next(at for at in reversed(range(len(lines))) if lines[at].text.strip()) + 1)


def _begins(lines: list[Line], place: int) -> bool:
    """Whether the head of the numbers of such a table stands here: its first two serial numbers are near; of a list of
    some of the rows of another, which names units, any that rise.
    """
    if not SERIAL.fullmatch(lines[place].text.strip()):
        return False
    numbers = (number for number in range(place, len(lines)) if lines[number].text.strip())
    near = [lines[number].text.strip() for number in islice(numbers, _WIDEST + _SECOND)]
    first = next((at for at, text in enumerate(near[:_WIDEST]) if _NUMBER.fullmatch(text)), 0)
    if near[first] == "1":
        return "2" in near[first : first + _SECOND]
    later = (int(text) for text in near[first + 1 : first + _SECOND] if _NUMBER.fullmatch(text))
    named = any(OF_ORGANIZATIONS.search(head) for head in near[:first])
    return named and first >= _SHORTEST and any(number > int(near[first]) for number in later)


def _until_running_text(lines: list[Line], place: int, number: int) -> tuple[int, list[Line]]:
    """Where the table that begins at a place ends, and its rows: running text stands behind it, as many cells behind
    the last number as the shortest row has. The numbers of pages inside are put behind it.
    """
    rows = _by_serial(lines)
    least = min([len(each) for each in rows[1:-1] if len(each) > 1], default=len(rows[0]))
    running = (at for at in rows[-1][least:] if _RUNNING.fullmatch(lines[at].text.strip()))
    end = next(running, len(lines))
    found = _rows([[at for at in each if at < end] for each in rows], lines, number)
    return place + end, [*found, *(line for line in lines[:end] if line.page)]


def _rows(places: list[list[int]], lines: list[Line], number: int) -> list[Line]:
    """The rows of a table by the places of their cells; `number` is the place of the head of the numbers."""
    groups = sum(bool(line.text.strip()) for line in lines[:number])
    rows = _grouped([[lines[place].text.strip() for place in each] for each in places], groups)
    rows = _filled([_whole_heads(rows[0]), *rows[1:]], groups)
    of_organizations = sum(bool(OF_ORGANIZATIONS.search(head)) for head in rows[0]) == 1
    return [row(_placed(_joined(each, rows[0]), rows[0]) if of_organizations else each) for each in rows]


def _grouped(rows: list[list[str]], groups: int) -> list[list[str]]:
    """The rows with so many cells of groups before the numbers: each was read behind the row before it."""
    if not groups:
        return rows
    width = len(rows[0]) - groups
    found, front = [rows[0][:width]], rows[0][width:]
    for place, each in enumerate(rows[1:], 2):
        own = each if place == len(rows) else each[: width - groups]
        found.append([*front, *[""] * (groups - len(front)), *own])
        front = each[len(own) :]
    return found


def _whole_heads(heads: list[str]) -> list[str]:
    """The heads, those made one that were printed in two lines: 牵头|部门."""
    found: list[str] = []
    for head in heads:
        half = bool(found) and _HALF.fullmatch(found[-1]) and _OTHER_HALF.fullmatch(head)
        if half or (found and _BRACKETED.fullmatch(head)):
            found[-1] += head
        else:
            found.append(head)
    return found


def _filled(rows: list[list[str]], groups: int) -> list[list[str]]:
    """The rows of a table in which all have equally few cells, with the empty ones that have no line: they are merged
    over all, and stand right behind the numbers.
    """
    widths = {len(each) for each in rows[1:] if len(each) > 1}
    lack = len(rows[0]) - min(widths) if len(widths) == 1 and len(rows) > 2 else 0
    behind = groups + 1
    return [rows[0], *([*each[:behind], *[""] * lack, *each[behind:]] if len(each) > 1 else each for each in rows[1:])]


def _joined(cells: list[str], heads: list[str]) -> list[str]:
    """The cells of a row of a table with one column of units: those under each other are one where the row has more
    cells than columns, or where they stand under the head of units.
    """
    found: list[str] = []
    over = len(cells) - len(heads)
    column = next(at for at, head in enumerate(heads) if OF_ORGANIZATIONS.search(head))
    for cell in cells:
        units = bool(found) and is_body(found[-1].rpartition(" ")[2]) and is_body(cell)
        bracketed = over > 0 and bool(found) and _BRACKETED.fullmatch(cell)
        if bracketed or (units and (over > 0 or len(found) > column)):
            found[-1] += f" {cell}"
        else:
            found.append(cell)
    return found


def _placed(cells: list[str], heads: list[str]) -> list[str]:
    """The cells of a row that lacks some, each under the head of its kind: those that are merged over several rows have
    a line in the first only. What is to be done is the longest.
    """
    doing = next((at for at in reversed(range(len(heads))) if _OF_DOING.search(heads[at])), 0)
    longest = max(range(len(cells)), key=lambda at: len(cells[at]))
    if len(cells) >= len(heads) or not 0 < longest <= doing:
        return cells
    front = cells[1:longest]
    found = [cells[0], *[""] * (doing - 1 - len(front)), *front, cells[longest], *[""] * (len(heads) - doing - 1)]
    last = doing
    for cell in cells[longest + 1 :]:
        last = _column(cell, heads, last)
        found[last] = f"{found[last]} {cell}".strip()
    return found


def _column(cell: str, heads: list[str], last: int) -> int:
    """The column of a cell behind that in the last one: the first of its kind, the same for units under each other."""
    kinds = (
        (OF_ORGANIZATIONS, _is_organization(cell)),
        (_OF_PEOPLE, is_person(cell.replace(" ", ""))),
        (_OF_TIME, bool(_TIME.search(cell))),
    )
    kind = next((pattern for pattern, fits in kinds if fits), None)
    columns = range(last if kind is OF_ORGANIZATIONS else last + 1, len(heads))
    of_kind = (at for at in columns if kind and kind.search(heads[at]))
    return next(of_kind, min(last + 1, len(heads) - 1))


def _by_serial(lines: list[Line]) -> list[list[int]]:
    """The places of the cells of each row: it begins at the next serial number that stands alone behind a cell of
    words. A line that heads a group of rows is a row.
    """
    rows: list[list[int]] = [[]]
    last, step, before, named, headed = 0, _STEP, "序号", False, False
    told = [(place, line.text.strip()) for place, line in enumerate(lines) if line.text.strip() and not line.page]
    heads = _heads_of_groups(told)
    numbers = [int(text) for _, text in told if _NUMBER.fullmatch(text)]
    only = numbers == [*range(1, len(numbers) + 1)]  # no cell is a number but those of the rows
    for place, text in told:
        if place in heads:
            rows.append([place])
            headed = True
            continue
        number = int(text) if _NUMBER.fullmatch(text) else 0
        begins = len(rows[-1]) >= _SHORTEST and not before.isdigit() and (not named or _is_organization(before))
        if last < number <= (last + step if last else number) and (not last or only or headed or begins):
            named = named or (not last and bool(OF_ORGANIZATIONS.search(before)))
            step = step if last or number <= _STEP else number + _FAR
            rows.append([])
            last = number
        rows[-1].append(place)
        before, headed = text, False
    return rows


def _is_organization(cell: str) -> bool:
    return is_body(cell) or bool(_ORGANIZATION.search(cell))


def _heads_of_groups(told: list[tuple[int, str]]) -> set[int]:
    """The places of the lines that stand over rows: 一、量化类任务, right before a serial number or another."""
    found: set[int] = set()
    numbered = False
    for place, text in reversed(told):
        if not _GROUP.fullmatch(text):
            numbered = bool(_NUMBER.fullmatch(text))
        elif numbered:
            found.add(place)
    return found
