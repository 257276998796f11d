"""How the categories that a base knew do before and after: what :mod:`~gadget_trainer.training.keeping` asks for them.

Where a person said what a text is, that decides; of the base's other categories, the base itself does.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from spacy.tokens import Doc

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.training.base import Base
from gadget_trainer.training.categories import chosen_of, known_categories
from gadget_trainer.training.category_tally import CategoryTally
from gadget_trainer.training.kept_labels import KeptLabel, Reference
from gadget_trainer.training.mixing import known_with
from gadget_trainer.training.score import Counts, Tally

_Known = Mapping[str, float]
"""As spaCy's ``doc.cats``: 1 for what a document has, 0 for what it has not, nothing where that is not known."""


class CategoryKeeping:
    """The base's categories on the documents that are noted."""

    def __init__(self, kept: tuple[str, ...] = (), retaught: tuple[str, ...] = ()) -> None:
        """``kept`` are those that nobody chose for a text, ``retaught`` those that people did."""
        self._kept = kept
        self._retaught = retaught
        self._known: list[tuple[_Known, _Known]] = []
        """Of each document, what the base says of the ``kept`` ones, and people of the ``retaught`` ones."""
        self._before: Counts = defaultdict(list)
        self._after: Counts = defaultdict(list)

    @classmethod
    def of(cls, base: Base) -> "CategoryKeeping":
        """That of what is taught to ``base``; with no categories where it has no component for them."""
        known = base.nlp.pipe_labels.get(base.categoriser, ()) if base.categoriser and base.categories.names else ()
        taught = set(base.categories.names)
        kept, retaught = ([one for one in known if (one in taught) is wanted] for wanted in (False, True))
        return cls(tuple(kept), tuple(retaught))

    def __bool__(self) -> bool:
        """Whether there is any category that could be forgotten."""
        return bool(self._kept or self._retaught)

    def note(self, base: Base, document: AnnotatedText) -> None:
        """Take in what ``base`` and people say of one more document."""
        if not self:
            return
        given = base.categorise(document.text)
        by_base = known_with(base, document, lambda _text: given)
        by_people = known_categories(document, base.categories)
        known = _of(by_base, self._kept), _of(by_people, self._retaught)
        self._known.append(known)
        _count(known[1], given, self._before)

    def begin_scoring(self) -> None:
        """Forget how the documents were read the time before."""
        self._after = defaultdict(list)

    def score(self, number: int, doc: Doc, tally: CategoryTally) -> None:
        """Count what was predicted in the document of that number; ``tally`` knows the component that did."""
        probable = {name: doc.cats.get(name, 0.0) for name in tally.labels}
        given = chosen_of(probable, exclusive=tally.exclusive, threshold=tally.threshold)
        for known in self._known[number]:
            _count(known, given, self._after)

    def labels(self) -> tuple[KeptLabel, ...]:
        """Each of the base's categories before, and after the last scoring, in the base's order."""
        return tuple(self._label(name) for name in (*self._kept, *self._retaught))

    def f_score(self) -> float | None:
        """The micro-averaged F of the last scoring; None where there is nothing to be found."""
        return Tally.of([one for counts in self._after.values() for one in counts]).total().f_score

    def to_json(self) -> dict[str, Any]:
        """What :meth:`from_json` reads, of values that JSON knows."""
        return {
            "kept": list(self._kept),
            "retaught": list(self._retaught),
            "known": [[dict(one) for one in pair] for pair in self._known],
            "before": self._before,
        }

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> "CategoryKeeping":
        """What was kept; nothing of a run that an older program began."""
        keeping = cls(tuple(facts.get("kept", ())), tuple(facts.get("retaught", ())))
        keeping._known = [(by_base, by_people) for by_base, by_people in facts.get("known", ())]
        for name, counts in facts.get("before", {}).items():
            keeping._before[name] = [(marked, predicted, correct) for marked, predicted, correct in counts]
        return keeping

    def _label(self, name: str) -> KeptLabel:
        before, after = Tally.of(self._before[name]), Tally.of(self._after[name])
        f_score, texts = after.total().f_score, after.total().spans
        if name in self._retaught:
            old = before.total().f_score
            return KeptLabel(name, old, f_score, texts, Reference.PEOPLE, before.interval(), of_texts=True)
        agreed = None if f_score is None else 1.0
        return KeptLabel(name, agreed, f_score, texts, Reference.BASE, after.interval(), of_texts=True)


def _of(known: _Known, names: Collection[str]) -> _Known:
    return {name: value for name, value in known.items() if name in names}


def _count(known: _Known, given: Collection[str], counts: Counts) -> None:
    for name, value in known.items():
        marked, predicted = int(value > 0), int(name in given)
        if marked or predicted:
            counts[name].append((marked, predicted, marked * predicted))
