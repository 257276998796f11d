"""An index of the words of all texts, so that a word is found among a million texts at once.

It is SQLite's FTS5, without the texts themselves. It is made when it is first wanted, belongs to nobody's work and is
not journalled; where SQLite was built without FTS5 there is none, and texts are read one by one. Triggers note which
texts changed after they were indexed: those are read, too.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, column, func, insert, literal_column, select, table, text, union_all
from sqlalchemy.exc import OperationalError

from gadget_trainer.corpus import schema
from gadget_trainer.corpus.store import Store
from gadget_trainer.corpus.wording import Wording, indexed

_SLICE = 1000
"""Texts in one transaction: short enough that an edit of the person's waits for it unnoticed."""
_TOO_MANY_CHANGED = 2000
"""So many changed texts make the index be built anew."""

_WORDS = table("word_index", column("rowid"), column("words"))
_STATE = table("word_index_state", column("through"))
_CHANGED = table("word_index_changed", column("id"))

_MAKE = (
    """CREATE VIRTUAL TABLE word_index USING fts5(
        words, content='', detail=none, tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc Me'")""",
    "CREATE TABLE word_index_state (through INTEGER NOT NULL)",
    "CREATE TABLE word_index_changed (id INTEGER PRIMARY KEY)",
    "INSERT INTO word_index_state VALUES (0)",
    """CREATE TRIGGER word_index_update AFTER UPDATE OF content ON text BEGIN
        INSERT OR IGNORE INTO word_index_changed VALUES (new.id); END""",
    """CREATE TRIGGER word_index_return AFTER INSERT ON text
        WHEN new.id <= (SELECT through FROM word_index_state) BEGIN
        INSERT OR IGNORE INTO word_index_changed VALUES (new.id); END""",
)
_DROP = (
    "DROP TRIGGER word_index_update",
    "DROP TRIGGER word_index_return",
    "DROP TABLE word_index_changed",
    "DROP TABLE word_index_state",
    "DROP TABLE word_index",
)


@dataclass(frozen=True, slots=True)
class Candidates:
    """What the index knows about the texts that may have the words."""

    which: ColumnElement[bool]
    """Holds for texts that may have them."""
    through: int
    """Texts with greater ids are not indexed yet."""
    changed: frozenset[int] | None
    """The texts among those that changed since they were indexed; None where the index is sure of none."""

    def unsure_of(self, text_ids: Iterable[int]) -> frozenset[int] | None:
        """Those of the texts that have to be read to know; None: all."""
        if self.changed is None:
            return None
        return frozenset(one for one in text_ids if one > self.through or one in self.changed)


class SearchIndex:
    """Builds the index of a project's words."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def build(self) -> Iterator[float]:
        """Index what is not indexed yet; yields how far it is (0 to 1). Leave it when you like, and go on later.

        Yields nothing where all is indexed, or where SQLite has no FTS5.
        """
        if not self._make():
            return
        with self._store.reading() as connection:
            last = connection.scalar(select(func.max(schema.text.c.id))) or 0
            through = _through(connection)
        while through < last:
            through = self._index_slice()
            yield min(1.0, through / last)

    def _make(self) -> bool:
        """Make the index where there is none, or where too many texts changed; False where that is impossible."""
        with self._store.writing() as connection:
            if _exists(connection):
                if len(_changed(connection)) <= _TOO_MANY_CHANGED:
                    return True
                _run(connection, _DROP)
            try:
                _run(connection, _MAKE)
            except OperationalError as error:
                if "no such module" not in str(error.orig):
                    raise
                connection.rollback()
                return False
        return True

    def _index_slice(self) -> int:
        """Index the next texts; gives the id of the last one."""
        with self._store.writing() as connection:
            # This write comes first: what is read after it is what nobody else changes before the end.
            connection.execute(text("UPDATE word_index_state SET through = through"))
            contents = schema.text.c.id, schema.text.c.content
            query = select(*contents).where(schema.text.c.id > _through(connection)).order_by(schema.text.c.id)
            rows = connection.execute(query.limit(_SLICE)).all()
            if not rows:
                last = connection.scalar(select(func.max(schema.text.c.id))) or 0
                return int(last)
            connection.execute(insert(_WORDS), [{"rowid": row.id, "words": indexed(row.content)} for row in rows])
            connection.execute(text("UPDATE word_index_state SET through = :last"), {"last": rows[-1].id})
            return int(rows[-1].id)


def candidates(connection: Connection, wording: Wording) -> Candidates | None:
    """Which texts may have the words; None where the index does not know: every text has to be read."""
    if wording.is_empty or wording.is_expression or not all(one.tokens() for one in wording.sought):
        return None
    if not _exists(connection):
        return None
    through = _through(connection)
    found = select(_WORDS.c.rowid).where(literal_column("word_index").op("MATCH")(_question(wording)))
    to_read = select(_CHANGED.c.id), select(schema.text.c.id).where(schema.text.c.id > through)
    is_sure = all(one.is_one_token() for one in wording.sought)
    changed = frozenset(_changed(connection)) if is_sure else None
    return Candidates(schema.text.c.id.in_(union_all(found, *to_read)), through, changed)


def _question(wording: Wording) -> str:
    """The words in the language of FTS5; each between quotation marks, so that no sign has a meaning of its own."""
    parts = []
    for one in wording.sought:
        tokens = [f'"{token}"' for token in one.tokens()]
        parts += tokens if one.whole else [*tokens[:-1], f"{tokens[-1]}*"]
    return " AND ".join(parts)


def _exists(connection: Connection) -> bool:
    named = text("SELECT 1 FROM sqlite_master WHERE name = 'word_index'")
    return connection.scalar(named) is not None


def _through(connection: Connection) -> int:
    return int(connection.scalar(select(_STATE.c.through)) or 0)


def _changed(connection: Connection) -> Sequence[Any]:
    return connection.scalars(select(_CHANGED.c.id)).all()


def _run(connection: Connection, statements: Sequence[str]) -> None:
    for one in statements:
        connection.execute(text(one))
