"""Words that are always split, because a person's spans begin or end inside them: rules for the tokenizer.

A rule is the pieces of a word, in order. The rules are a setting of the project that the journal changes: what a span
cuts today must not depend on what somebody took back tomorrow without a way to undo it.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from gadget_trainer.corpus.edits import quoted
from gadget_trainer.corpus.journal import Journal
from gadget_trainer.corpus.outcomes import Outcome
from gadget_trainer.corpus.records import Pieces
from gadget_trainer.corpus.row_changes import setting_change
from gadget_trainer.corpus.schema import SPLITS, project
from gadget_trainer.corpus.store import Store


class Splits:
    """Reads and edits the rules. An edit returns what it did, or None where there was nothing to do."""

    def __init__(self, store: Store, journal: Journal) -> None:
        self._store = store
        self._journal = journal

    def all(self) -> tuple[Pieces, ...]:
        """The rules, in the order in which they were made."""
        query = select(project.c.value).where(project.c.key == SPLITS)
        with self._store.reading() as connection:
            return tuple(tuple(pieces) for pieces in connection.scalar(query) or ())

    def make(self, rules: Sequence[Pieces], text_id: int | None = None) -> Outcome | None:
        """Split these words too; a rule for a word that has one takes its place."""
        before = self.all()
        new = [one for one in rules if one not in before]
        if not new:
            return None
        said = " and ".join(f"{quoted(''.join(one))} into {_listed(one)}" for one in new)
        words = {"".join(one) for one in new}
        kept = [one for one in before if "".join(one) not in words]
        return self._change(f"Always split {said}", before, [*kept, *new], text_id)

    def take_back(self, words: Collection[str]) -> Outcome | None:
        """Split these words no longer."""
        before = self.all()
        kept = [one for one in before if "".join(one) not in words]
        if len(kept) == len(before):
            return None
        gone = [one for one in before if one not in kept]
        said = quoted("".join(gone[0])) if len(gone) == 1 else f"{len(gone):,} words"
        return self._change(f"No longer split {said}", before, kept)

    def _change(
        self, summary: str, before: Sequence[Pieces], after: Sequence[Pieces], text_id: int | None = None
    ) -> Outcome:
        old, new = ([list(one) for one in rules] or None for rules in (before, after))
        return self._journal.record(summary, [setting_change(SPLITS, old, new)], text_id)


def _listed(pieces: Pieces) -> str:
    *first, last = map(quoted, pieces)
    return f"{', '.join(first)} and {last}"
