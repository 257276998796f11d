"""Texts taken into a project: streamed, in one transaction, as one operation that can be undone."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from sqlalchemy import Connection, Table, insert, select, update

from gadget_trainer.corpus import bulk, schema
from gadget_trainer.corpus.categories import exclusiveness, is_exclusive
from gadget_trainer.corpus.choices import new_row
from gadget_trainer.corpus.journal import Journal, next_id
from gadget_trainer.corpus.json_text import to_text
from gadget_trainer.corpus.outcomes import Outcome
from gadget_trainer.corpus.quick_insert import QuickInsert, Values
from gadget_trainer.corpus.records import AnnotatedText, Origin, Span, TextState
from gadget_trainer.corpus.row_changes import RowChange
from gadget_trainer.corpus.store import Store

Examples = Callable[[], Mapping[str, Sequence[str]]]
"""Gives words that are likely to be of a label, by label."""
_BATCH = 1_000


class Imports:
    """Takes texts, with the labels and the categories that they need, into a project."""

    def __init__(self, store: Store, journal: Journal) -> None:
        self._store = store
        self._journal = journal

    def add_texts(self, texts: Iterable[AnnotatedText], source: str, examples: Examples = dict) -> Outcome:
        """Append the texts, as they come; labels and categories that the project lacks are added.

        Whatever ``texts`` raises leaves the project as it was. ``source`` names them in the history. ``examples``
        gives, when all texts are drawn, words for labels: they are added to the examples of the label.

        Texts that are done and complete count as complete for the labels that the import's own spans use: of a
        label that none of them has, whoever made the files may not have known. The project remembers one id up to
        which a text is complete, so they are complete for the labels before the first one that the import lacks,
        and where it lacks none, as in a project without labels, for every label that exists at the end. With categories
        it is the same.

        Where a text has several categories and the project's texts had one only, they may have several from now on;
        the operation's summary says so unless these are the first categories of the project.
        """
        for _count in self.steps(texts, source, examples):
            pass
        return Outcome(
            self._journal.next_undo() or f"Imported {source}",
            labels_changed=True,
            categories_changed=True,
            texts_came_or_went=True,
            bulk=True,
        )

    def steps(self, texts: Iterable[AnnotatedText], source: str, examples: Examples = dict) -> Iterator[int]:
        """The same, a batch at a time: yields how many texts were taken so far.

        All of them are kept when the generator ends; closing it earlier leaves the project as it was.
        """
        # A file name on Linux may hold bytes that are no characters; the project's file could not keep them.
        source = source.encode(errors="replace").decode()
        with self._store.writing() as connection:
            operation_id = self._journal.begin(connection, f"Imported {source}")
            rows = _Insertion(connection)
            taken = 0
            for batch in _batches(texts):
                rows.insert(batch)
                taken += len(batch)
                yield taken
            rows.complete_done_texts()
            if changes := rows.add_examples(examples()):
                self._journal.apply(connection, operation_id, changes)
            for table, first, last in rows.ranges():
                bulk.note_inserted(connection, operation_id, table, first, last)
            if rows.has_several and is_exclusive(connection):
                self._journal.apply(connection, operation_id, [exclusiveness(connection, exclusive=False)])
                if rows.had_categories:
                    summary = f"Imported {source}; a text can have several categories from now on"
                    self._journal.rename(connection, operation_id, summary)


class _Known(NamedTuple):
    """The last label and the last category that a text counts as done for, by their ids."""

    labels: int
    categories: int


class _Part(NamedTuple):
    """Texts that were inserted together, by their ids, and what was known then."""

    first: int
    last: int
    known: _Known


class _Insertion:
    """Gives ids to what is inserted, and remembers which were given."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._tables = (
            *(schema.label, schema.category, schema.text),
            *(schema.span, schema.refusal, schema.text_category),
        )
        self._first = {table.name: next_id(connection, table) for table in self._tables}
        self._next = dict(self._first)
        self._labels, self._categories = (_ids(connection, table) for table in (schema.label, schema.category))
        self._unused = set(self._labels.values())
        self._unchosen = set(self._categories.values())
        self.had_categories = bool(self._categories)
        self.has_several = False
        """Whether one of the texts has several categories."""
        self._insertions = {table.name: QuickInsert(connection, table) for table in self._tables}
        self._parts: list[_Part] = []

    def insert(self, batch: Sequence[AnnotatedText]) -> None:
        first = self._next["text"]
        spans: list[Values] = []
        refusals: list[Values] = []
        chosen: list[Values] = []
        for text_id, one in enumerate(batch, first):
            if one.spans:
                spans += [self._span_row("span", text_id, span) for span in one.spans]
            if one.refused:
                refusals += [self._span_row("refusal", text_id, span) for span in one.refused]
            if one.categories:
                names = tuple(dict.fromkeys(one.categories))
                chosen += [self._category_row(text_id, name) for name in names]
                self.has_several = self.has_several or len(names) > 1
        self._next["text"] += len(batch)
        known = self._known()
        self._parts.append(_Part(first, self._next["text"] - 1, known))
        texts = [_text_row(text_id, one, known) for text_id, one in enumerate(batch, first)]
        new = ((schema.text, texts), (schema.span, spans), (schema.refusal, refusals), (schema.text_category, chosen))
        for table, rows in new:
            self._insertions[table.name].insert(rows)

    def complete_done_texts(self) -> None:
        """Say of the texts that are done for which labels they are, now that all of the import's are known; see
        :meth:`Imports.add_texts`.
        """
        table, known = schema.text, self._known()
        for part in self._parts:
            if part.known != known:
                rows = table.c.id.between(part.first, part.last)
                for column, through in zip((table.c.done_through, table.c.decided_through), known, strict=True):
                    values = {column: through}
                    self._connection.execute(update(table).where(rows, column.is_not(None)).values(values))

    def _known(self) -> _Known:
        """For which labels and categories a text counts as done, by what the import is known to use so far."""
        return _Known(_through(self._labels, self._unused), _through(self._categories, self._unchosen))

    def add_examples(self, examples: Mapping[str, Sequence[str]]) -> list[RowChange]:
        """Add words to the examples of labels; gives what is to change of labels that were there before."""
        changes: list[RowChange] = []
        table = schema.label
        for name, words in examples.items():
            label_id = self._label(name)
            of_it = table.c.id == label_id
            old = dict(self._connection.execute(select(table).where(of_it)).mappings().one())
            new = old | {"examples": list(dict.fromkeys([*old["examples"], *words]))}
            if label_id >= self._first["label"]:
                self._connection.execute(update(table).where(of_it).values(new))
            elif new != old:
                changes.append(RowChange("label", label_id, old, new))
        return changes

    def ranges(self) -> Iterator[tuple[Table, int, int]]:
        """The tables with the first and the last id inserted, labels before texts before spans."""
        for table in self._tables:
            first, following = self._first[table.name], self._next[table.name]
            if following > first:
                yield table, first, following - 1

    def _id(self, table: str) -> int:
        given = self._next[table]
        self._next[table] += 1
        return given

    def _span_row(self, table: str, text_id: int, span: Span) -> Values:
        return self._id(table), text_id, span.start, span.end, self._label(span.label), Origin.IMPORT.value

    def _category_row(self, text_id: int, name: str) -> Values:
        if name not in self._categories:
            self._categories[name] = self._add(schema.category, name)
        self._unchosen.discard(self._categories[name])
        return self._id("text_category"), text_id, self._categories[name], Origin.IMPORT.value

    def _label(self, name: str) -> int:
        if name not in self._labels:
            self._labels[name] = self._add(schema.label, name)
        self._unused.discard(self._labels[name])
        return self._labels[name]

    def _add(self, table: Table, name: str) -> int:
        """Insert a label or a category; gives its id."""
        row = {**new_row(self._connection, table, name), "id": self._id(table.name)}
        self._connection.execute(insert(table).values(row))
        return int(row["id"])


def _ids(connection: Connection, table: Table) -> dict[str, int]:
    """The ids of the labels or categories by their names."""
    return {row.name: row.id for row in connection.execute(select(table.c.name, table.c.id))}


def _through(there: Mapping[str, int], unused: Collection[int]) -> int:
    """The last id before the first that is not used; where all are, the newest."""
    newest = max(there.values(), default=0)
    return min(unused, default=newest + 1) - 1


def _text_row(text_id: int, one: AnnotatedText, known: _Known) -> Values:
    done = one.state is TextState.DONE
    return (
        text_id,
        one.text,
        str(one.state),  # SQLite looks at each string that is of a type of its own
        one.flagged,
        known.labels if done and one.complete else None,
        one.source,
        to_text(one.meta),
        one.note,
        known.categories if done else None,
    )


def _batches(texts: Iterable[AnnotatedText]) -> Iterator[list[AnnotatedText]]:
    rest = iter(texts)
    while batch := list(islice(rest, _BATCH)):
        yield batch
