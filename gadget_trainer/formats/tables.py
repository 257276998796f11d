"""Tables of texts: CSV, TSV and Excel have rows and columns alike, and the same question which column is the text.

The first row and the content answer it, so that a plain import needs no question; whoever reads a table may show the
answer and choose other columns. What the other columns hold becomes ``meta["table"]`` under their names.
"""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from itertools import count, islice
from typing import Self

from gadget_trainer.corpus.records import AnnotatedText, TextState
from gadget_trainer.errors import UserError
from gadget_trainer.formats.cleaning import clean_categories, quoted, text_problem
from gadget_trainer.formats.format import Reader
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.separated import Cells
from gadget_trainer.formats.source import Source

SEPARATOR = "|"
"""Between several categories of a text."""
STATES_HEADER = ("text", "state", "categories")
"""With what the tables begin that this program writes: the state of their texts is said in them."""
_LOOKED_AT = 200
_TEXT_NAMES = ("text", "texts", "content", "sentence", "document", "body", "message", "comment", "review", "tweet")
_CATEGORY_NAMES = ("category", "categories", "label", "labels", "class", "topic", "cat", "cats", "sentiment")
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table is what, by their numbers from 0."""

    names: tuple[str, ...]
    """What the columns are called: in the first row, or by their numbers from 1."""
    has_header: bool
    """Whether the first row is no text, but says what the columns are."""
    text: int
    categories: int | None = None
    """The column of the texts' categories, several in a cell between ``|``; None: there is none."""

    def sentence(self) -> str:
        """For the receipt."""
        words = f"the texts are in the column {quoted(self.names[self.text])}"
        if self.categories is None:
            return words
        return f"{words}, and their categories in the column {quoted(self.names[self.categories])}"


class TableReader(Reader):
    """A format of rows and columns."""

    columns: Columns | None = None
    """The columns that were chosen; None: those of :meth:`guess`."""

    def with_columns(self, columns: Columns) -> Self:
        """The reader that takes these columns."""
        chosen = copy(self)
        chosen.columns = columns
        return chosen

    @abstractmethod
    def rows(self, source: Source) -> Iterator[tuple[str, Cells]]:
        """Yield where a row is, for notes, and its cells; rows may have different numbers of them.

        Raises:
            UserError: the file is not of this format or not readable to its end.
        """

    def guess(self, source: Source) -> Columns:
        """Which columns are read if nobody chooses.

        Raises:
            UserError: as in :meth:`rows`.
        """
        return guessed_columns([cells for _where, cells in islice(self.rows(source), _LOOKED_AT)])

    def with_text_in(self, source: Source, name: str) -> Columns:
        """The columns with the texts in the one of that name, which may be its number where columns have no names.

        Raises:
            UserError: there is none of that name; the others are listed. Or as in :meth:`rows`.
        """
        guess = self.guess(source)
        if name not in guess.names and not guess.has_header:
            _where, first = next(self.rows(source), ("", ()))
            guess = replace(guess, names=_numbered(first), has_header=True) if name in first else guess
        if name not in guess.names:
            listed = ", ".join(map(quoted, guess.names))
            raise UserError(f"{source.name} has no column {quoted(name)}. Its columns are: {listed}. Name one of them.")
        text = guess.names.index(name)
        return replace(guess, text=text, categories=None if guess.categories == text else guess.categories)

    def read(self, source: Source, receipt: Receipt, offsets: Reading | None = None) -> Iterator[AnnotatedText]:
        """Yield a text a row. One with a category is done, though nobody looked for its entities."""
        columns = self.columns or self.guess(source)
        if len(columns.names) > 1:
            receipt.remarks.add(source.name, columns.sentence())
        rows = islice(self.rows(source), int(columns.has_header), None)
        is_ours = columns.has_header and columns.names[: len(STATES_HEADER)] == STATES_HEADER
        for where, cells in rows:
            text = _cell(cells, columns.text)
            text = unguarded(text) if is_ours else text
            problem = text_problem(text) if text.strip() else "the row has no text"
            if problem is not None:
                receipt.texts_skipped.add(where, problem)
                continue
            names = _cell(cells, columns.categories).split(SEPARATOR) if columns.categories is not None else []
            names = [unguarded(name.strip()) if is_ours else name.strip() for name in names]
            categories = clean_categories([name for name in names if name], where, receipt)
            state = TextState.DONE if categories else TextState.TODO
            if is_ours and _cell(cells, 1) in list(TextState):
                state = TextState(_cell(cells, 1))
            meta = _others(cells, columns, ours=is_ours)
            yield AnnotatedText(text, (), state, source=where, meta=meta, categories=categories)
        self.note_rest(source, receipt)

    def note_rest(self, source: Source, receipt: Receipt) -> None:
        """Note what the file holds beside the rows that are read, which most tables do not."""


def guessed_columns(rows: Sequence[Cells]) -> Columns:
    """Which column of a table is what, judged by its first rows.

    The text is the column of that name, else the one with the longest cells. Categories are the column of such a name,
    if its cells are short.
    """
    width = max(map(len, rows), default=1)
    first = [_cell(rows[0], at) for at in range(width)] if rows else [""]
    if tuple(first[: len(STATES_HEADER)]) == STATES_HEADER:
        return Columns(tuple(first), has_header=True, text=0, categories=2)
    has_header = _is_header(first, rows[1:])
    body = rows[1:] if has_header else rows
    plain = tuple(str(at + 1) for at in range(width))
    named = [name.strip() or number for name, number in zip(first, plain, strict=True)]
    names = _numbered(named) if has_header else plain
    folded = [name.casefold() for name in names]
    lengths = [sum(len(_cell(cells, at)) for cells in body) for at in range(width)]
    words = [any(not _cell(cells, at).strip().isdigit() for cells in body) for at in range(width)]
    titled = next((at for at in (folded.index(name) for name in _TEXT_NAMES if name in folded) if words[at]), None)
    text = titled if titled is not None else lengths.index(max(lengths))
    short = (
        folded.index(name)
        for name in _CATEGORY_NAMES
        if name in folded and folded.index(name) != text and lengths[folded.index(name)] <= _LONGEST_NAME * len(body)
    )
    return Columns(names, has_header, text, next(short, None))


def _numbered(names: Iterable[str]) -> tuple[str, ...]:
    """The names, with a number after each that was there before: what stands under them is kept by its name."""
    found: dict[str, None] = {}
    for name in names:
        further = (f"{name} ({number})" for number in count(2))
        found[name if name not in found else next(one for one in further if one not in found)] = None
    return tuple(found)


def _is_header(first: Cells, others: Sequence[Cells]) -> bool:
    """Whether the first row names the columns: it has a name that is known, or is short and none of it comes again."""
    if not others:
        return False
    folded = [name.strip().casefold() for name in first]
    if any(name in (*_TEXT_NAMES, *_CATEGORY_NAMES) for name in folded):
        return True
    if len(first) == 1 or not all(folded) or len(set(folded)) < len(folded):
        return False
    is_short = all(len(name) <= _LONGEST_NAME and not name.replace(".", "").isdigit() for name in folded)
    longest = max(len(cell) for cells in others for cell in cells) if any(others) else 0
    return is_short and longest > _LONGEST_NAME


def _cell(cells: Cells, at: int) -> str:
    return cells[at] if at < len(cells) else ""


def _others(cells: Cells, columns: Columns, *, ours: bool) -> dict[str, object]:
    """What the other columns of a row hold, as metadata."""
    taken = {columns.text, columns.categories, 1 if ours else None}
    found = {
        (columns.names[at] if at < len(columns.names) else str(at + 1)): unguarded(cell) if ours else cell
        for at, cell in enumerate(cells)
        if at not in taken and cell
    }
    return {"table": found} if found else {}


_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""With what a cell begins that Excel, LibreOffice or Google Sheets compute, full-width signs included (OWASP)."""


def guarded(value: str) -> str:
    """The value as a cell that a spreadsheet does not compute: with an apostrophe before it."""
    return f"'{value}" if value.lstrip("'").startswith(_FORMULA_SIGNS) else value


def unguarded(value: str) -> str:
    """The value of a cell that :func:`guarded` made."""
    return value[1:] if value.startswith("'") and value.lstrip("'").startswith(_FORMULA_SIGNS) else value
