"""How the labels and categories that a base knew do before and after, on texts that the run does not learn from.

Where people marked such a label, their annotations decide. Where nobody did, the base itself is the reference: what it
found in texts held out is what the taught pipeline should still find.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.vocab import Vocab

from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.errors import UserError
from gadget_trainer.training.base import Base
from gadget_trainer.training.category_tally import CategoryTally
from gadget_trainer.training.examples import reference
from gadget_trainer.training.keeping_categories import CategoryKeeping
from gadget_trainer.training.kept_labels import KeptLabel, Reference
from gadget_trainer.training.mixing import apart
from gadget_trainer.training.pieces import pieces
from gadget_trainer.training.progress import Preparing
from gadget_trainer.training.run_stages import Stage
from gadget_trainer.training.score import SLICE, Counts, Tally
from gadget_trainer.training.tokens import Tokens

MOST_WORDS = 20_000
"""Each iteration predicts them, so they must not be many."""
_NO_LABELS: frozenset[str] = frozenset()
_DOCS_FILE, _FACTS_FILE = "keeping.spacy", "keeping.json"


class Keeping:
    """The base's labels on the texts held out, and its categories."""

    def __init__(
        self, kept: frozenset[str], retaught: frozenset[str], categories: CategoryKeeping | None = None
    ) -> None:
        """``kept`` are the base's labels that nobody marked, ``retaught`` those that people did."""
        self._kept = kept
        self._retaught = retaught
        self._categories = categories or CategoryKeeping()
        self._by_base: list[Doc] = []
        self._by_people: dict[int, Doc] = {}
        self._before: Counts = defaultdict(list)
        self._after: Counts = defaultdict(list)

    @classmethod
    def of(cls, base: Base) -> "Keeping | None":
        """That of what is taught to ``base``; None where nothing of it could be forgotten."""
        categories = CategoryKeeping.of(base)
        learns_entities = bool(base.recogniser and base.taught)
        if not learns_entities and not categories:
            return None
        kept, retaught = (base.kept, base.retaught) if learns_entities else (_NO_LABELS, _NO_LABELS)
        return cls(kept, retaught, categories)

    def write(self, folder: Path) -> None:
        """Keep in ``folder`` what the base found, for :meth:`read`. Raises OSError."""
        docs = DocBin(attrs=["ENT_IOB", "ENT_TYPE"])
        for doc in (*self._by_base, *self._by_people.values()):
            docs.add(doc)
        docs.to_disk(folder / _DOCS_FILE)
        facts = {
            "kept": sorted(self._kept),
            "retaught": sorted(self._retaught),
            "people": list(self._by_people),
            "before": self._before,
            "categories": self._categories.to_json(),
        }
        (folder / _FACTS_FILE).write_text(json.dumps(facts), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path, vocab: Vocab) -> "Keeping | None":
        """What was kept in ``folder``; None where nothing was. Raises UserError where it can't be read."""
        if not (folder / _FACTS_FILE).is_file():
            return None
        try:
            facts = json.loads((folder / _FACTS_FILE).read_text(encoding="utf-8"))
            docs = list(DocBin().from_disk(folder / _DOCS_FILE).get_docs(vocab))
        except (OSError, ValueError) as error:
            raise UserError(f"The run in “{folder}” cannot go on: what its base knew can't be read.") from error
        categories = CategoryKeeping.from_json(facts.get("categories", {}))
        keeping = cls(frozenset(facts["kept"]), frozenset(facts["retaught"]), categories)
        first = len(docs) - len(facts["people"])
        keeping._by_base = docs[:first]
        keeping._by_people = dict(zip(facts["people"], docs[first:], strict=True))
        for label, counts in facts["before"].items():
            keeping._before[label] = [(marked, predicted, correct) for marked, predicted, correct in counts]
        return keeping

    def collect(
        self, base: Base, tokens: Tokens, held_out: Iterable[AnnotatedText], unlabelled: Iterable[str]
    ) -> Iterator[Preparing]:
        """Note what ``base`` finds in texts that are not learned from: the ones ``held_out``, and ``unlabelled``.

        Its pipeline must not have been changed before, and is not held afterwards.
        """
        words = 0
        for number, text in enumerate(chain(held_out, map(AnnotatedText, unlabelled))):
            if words >= MOST_WORDS:
                return
            if number % SLICE == 0:
                yield Preparing(Stage.NOTING, words / MOST_WORDS)
            for piece in pieces(text, tokens):
                words += self._note(piece, base.find(piece.text), tokens)
                self._categories.note(base, piece)

    def score(self, nlp: Language, idle: list[str], categoriser: str = "") -> Iterator[None]:
        """Predict the same texts with ``nlp``, all components but the ``idle``, a slice at a time.

        ``categoriser`` is the component of ``nlp`` that learns categories; empty where none does.
        """
        self._after = defaultdict(list)
        self._categories.begin_scoring()
        tally = CategoryTally.of(nlp, categoriser) if self._categories and categoriser else None
        for start in range(0, len(self._by_base), SLICE):
            part = self._by_base[start : start + SLICE]
            docs = nlp.pipe((nlp.make_doc(doc.text) for doc in part), batch_size=SLICE, disable=idle)
            for number, doc in enumerate(docs, start):
                _count(Example(doc, self._by_base[number]), self._kept, self._after)
                if number in self._by_people:
                    _count(Example(doc, self._by_people[number]), self._retaught, self._after)
                if tally is not None:
                    self._categories.score(number, doc, tally)
            yield

    def labels(self) -> tuple[KeptLabel, ...]:
        """Each of the base's labels before, and after the last scoring, in the order of the names; then categories."""
        labels = (self._label(label) for label in sorted(self._kept | self._retaught))
        return (*labels, *self._categories.labels())

    def f_score(self) -> float | None:
        """The micro-averaged F of the last scoring; None where there is nothing to be found.

        With categories the mean of theirs and the labels'.
        """
        labels = Tally.of(list(chain.from_iterable(self._after.values()))).total().f_score
        there = [one for one in (labels, self._categories.f_score()) if one is not None]
        return sum(there) / len(there) if there else None

    def _note(self, text: AnnotatedText, found: tuple[Span, ...], tokens: Tokens) -> int:
        kept = apart([span for span in found if span.label in self._kept], text.spans)
        doc = reference(AnnotatedText(text.text, tuple(kept), complete=True), tokens)
        if self._retaught and text.complete:
            gold = self._by_people[len(self._by_base)] = reference(text, tokens)
            predicted = reference(AnnotatedText(text.text, found, complete=True), tokens)
            _count(Example(predicted, gold), self._retaught, self._before)
        self._by_base.append(doc)
        return len(doc)

    def _label(self, label: str) -> KeptLabel:
        before, after = Tally.of(self._before[label]), Tally.of(self._after[label])
        f_score, spans = after.total().f_score, after.total().spans
        if label in self._retaught:
            return KeptLabel(label, before.total().f_score, f_score, spans, Reference.PEOPLE, before.interval())
        agreed = None if f_score is None else 1.0
        return KeptLabel(label, agreed, f_score, spans, Reference.BASE, after.interval())


def _count(example: Example, labels: frozenset[str], counts: Counts) -> None:
    tally = Tally(labels)
    tally.add(example)
    for label in labels & (tally.marked.keys() | tally.predicted.keys()):
        counts[label].append((tally.marked[label], tally.predicted[label], tally.correct[label]))
