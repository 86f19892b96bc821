"""A row of a table whose head says what its cells state -> targets and baselines, and what stands beside the cells.

Apart from `table_cells`, which finds out what a table states, and from `sentences`, which reads what a cell says in
words.
"""

from __future__ import annotations

from dataclasses import replace

from openplans.drafting.proposing import naming, scaling, table_cells, wordless
from openplans.drafting.proposing.reading import Dated
from openplans.drafting.proposing.rows import Rows
from openplans.drafting.proposing.sentences import Sentences
from openplans.packages.read import Row
from openplans.text.folding import folded
from openplans.text.period import year_of


class TableRows:
    """Reads the rows of a plan's tables into its rows of targets and baselines."""

    def __init__(self, rows: Rows, sentences: Sentences) -> None:
        self.rows, self._sentences = rows, sentences

    def read(self, clause: Row, stated: list[table_cells.Stated]) -> None:
        """Add what the cells of a row state, and read what stands beside them."""
        work = table_cells.works(self.rows.reading, clause)
        reported = not work and any(each.past or each.there for each in stated)  # how many there are, there or by then
        for each in stated:
            if each.past:
                self._past_cell(clause, each)
            else:
                self._cell(clause, each, reported, work)
        if work:
            self._beside_a_work(clause, work, {each.figure.start for each in stated})
        else:
            self._words(clause, stated)
            self._pass_the_rest(clause, {each.figure.start for each in stated})

    def _cell(self, clause: Row, each: table_cells.Stated, reported: bool, work: str) -> None:
        """A promise; `reported` where the table tells how many there are, so that what it counts is no deed."""
        name = each.indicator
        measure = each.measure or naming.measure(name, each.unit, name)
        if measure == "count" and reported and not naming.makes(name):
            measure = "level"
        own = Dated(each.year, measure != "growth", True) if each.year else None
        dated = own or self.rows.reading.dated(clause, each.start)
        if each.year or each.months[1] or work:  # what a work costs is told for the year
            due = self.rows.reading.deadline(clause) if each.year and not work else None
            by_then = due.months if due and year_of(due.end) == each.year else ("", "")
            dated = replace(dated, months=each.months if each.months[1] else by_then)
        row = self.rows.row(clause, each.figure, name, each.unit, measure, dated, name)
        row["scope"] = each.scope
        row["quote"] = clause["text"][each.start : each.end]
        row.update(confidence="0.97" if each.year else "0.92", rule="cell-of-a-table")
        self.rows.targets.append(row)

    def _beside_a_work(self, clause: Row, work: str, placed: set[int]) -> None:
        """What the cells of a row about a work say in words; the figures of its name are none of it."""
        begin = folded(clause["text"]).index(work)
        end = begin + len(work)
        inside = [each for each in self.rows.reading.figures(clause) if begin <= each.start < end]
        self.rows.passed += [(clause, each, "name", "in-the-name-of-a-work") for each in inside]
        self._sentences.read(clause, placed | {each.start for each in inside})

    def _words(self, clause: Row, stated: list[table_cells.Stated]) -> None:
        """Promises without a number: those of a whole cell are told of what the other cells state."""
        told = {place: (head, cell) for head, place, cell in self.rows.reading.under_heads(clause)}
        for word in wordless.words(clause["text"]):
            head, cell = told.get(word.start, ("", ""))
            if not stated:
                self._sentences.wordless(clause, word)
            elif len(cell) == word.end - word.start and not table_cells.is_past(head, self.rows.reading.start):
                self._sentences.wordless(clause, word, stated[0].indicator)

    def _pass_the_rest(self, clause: Row, placed: set[int]) -> None:
        """The figures that are no cells of their own promise nothing."""
        for figure in self.rows.reading.figures(clause):
            if figure.start not in placed:
                reason = "date" if figure.is_time else "threshold" if figure.unit else "other"
                self.rows.passed.append((clause, figure, reason, "beside-the-cells"))

    def _past_cell(self, clause: Row, each: table_cells.Stated) -> None:
        """A baseline, where the head says of which year it is."""
        if not each.year:
            self.rows.passed.append((clause, each.figure, "other", "what-is-so-already"))
            return
        quote = clause["text"][each.start : each.end]
        note = f"年份取自表头的{each.year}年"
        self.rows.baseline(clause, each.indicator, each.year, scaling.value(each.figure), each.unit, quote, 0.95, note)
