"""A project: one file with texts, spans, labels and the journal of every edit."""

from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, select

from gadget_trainer.corpus import schema
from gadget_trainer.corpus.categories import Categories
from gadget_trainer.corpus.edits import Edits
from gadget_trainer.corpus.guidelines import Guidelines
from gadget_trainer.corpus.imports import Imports
from gadget_trainer.corpus.journal import Journal
from gadget_trainer.corpus.kept_categories import KeptCategories
from gadget_trainer.corpus.kept_spans import KeptSpans
from gadget_trainer.corpus.label_edits import LabelEdits
from gadget_trainer.corpus.label_queries import LabelQueries
from gadget_trainer.corpus.matches import Matches
from gadget_trainer.corpus.queries import Queries
from gadget_trainer.corpus.records import CategoryPair, Span
from gadget_trainer.corpus.refusals import Refusals
from gadget_trainer.corpus.repairs import Repairs
from gadget_trainer.corpus.runs import Runs
from gadget_trainer.corpus.search_index import SearchIndex
from gadget_trainer.corpus.splits import Splits
from gadget_trainer.corpus.store import SUFFIX, Store
from gadget_trainer.corpus.surfaces import Surfaces
from gadget_trainer.corpus.text_edits import TextEdits
from gadget_trainer.corpus.unfinished import Unfinished

__all__ = ["SUFFIX", "Project"]


class Project:
    """An open project, in rooms.

    ``read``, ``by_label`` and ``unfinished`` ask; ``edit`` (spans and states), ``texts``, ``labels``, ``categories``,
    ``refusals``, ``repairs``, ``splits``, ``guidelines``, ``matches``, ``surfaces`` and ``imports`` change, by way of
    the ``journal``; ``runs`` keeps what was trained, ``kept_spans`` and ``kept_categories`` what was looked at again;
    ``search_index`` makes ``read`` find words sooner.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.journal = Journal(store)
        self.read = Queries(store)
        self.by_label = LabelQueries(store)
        self.edit = Edits(store, self.journal)
        self.texts = TextEdits(store, self.journal)
        self.labels = LabelEdits(store, self.journal)
        self.categories = Categories(store, self.journal)
        self.repairs = Repairs(store, self.journal)
        self.imports = Imports(store, self.journal)
        self.refusals = Refusals(store, self.journal)
        self.splits = Splits(store, self.journal)
        self.guidelines = Guidelines(store, self.journal)
        self.matches = Matches(store, self.journal)
        self.surfaces = Surfaces(store, self.journal)
        self.unfinished = Unfinished(store)
        self.kept_spans = KeptSpans(store)
        self.kept_categories = KeptCategories(store)
        self.runs = Runs(store)
        self.search_index = SearchIndex(store)

    @classmethod
    def create(cls, path: Path) -> "Project":
        """A new project file. Raises UserError where something already is or cannot be written."""
        return cls(Store.create(path))

    @classmethod
    def open(cls, path: Path) -> "Project":
        """An existing project file. Raises UserError when it is none, is newer, or is open elsewhere."""
        return cls(Store.open(path))

    @property
    def path(self) -> Path:
        """The project file."""
        return self._store.path

    def close(self) -> None:
        """Release the file, so that another window can open it."""
        self._store.close()

    def kept(self) -> frozenset[tuple[int, Span] | tuple[int, CategoryPair]]:
        """What was looked at again and kept, though a model had not seen it: spans and categories."""
        return self.kept_spans.all() | self.kept_categories.all()

    def setting(self, key: str, default: Any = None) -> Any:
        """A setting that belongs to the project and not to its texts; settings are not undone."""
        query = select(schema.project.c.value).where(schema.project.c.key == key)
        with self._store.reading() as connection:
            found = connection.execute(query).one_or_none()
        return default if found is None else found.value

    def keep_setting(self, key: str, value: Any) -> None:
        """Remember a setting (anything that JSON holds)."""
        with self._store.writing() as connection:
            connection.execute(delete(schema.project).where(schema.project.c.key == key))
            connection.execute(insert(schema.project).values(key=key, value=value))
