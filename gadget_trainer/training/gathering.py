"""All that a run takes in before it begins: the texts on both sides of the split, and what a base knows of them."""

from collections.abc import Callable, Iterable, Iterator

from gadget_trainer.corpus.records import AnnotatedText, CategoryScheme, TextState
from gadget_trainer.training.base import Base, load_base
from gadget_trainer.training.beginning import DataFingerprint
from gadget_trainer.training.categories import Taught, taught_categories
from gadget_trainer.training.corpus import TrainingCorpus, collect, collect_more
from gadget_trainer.training.keeping import Keeping
from gadget_trainer.training.learnable import takes_part
from gadget_trainer.training.mixing import Mixing, in_turn, unlabelled_words
from gadget_trainer.training.progress import Preparing
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.training.sources import texts_of_file
from gadget_trainer.training.split import Split, choose_split
from gadget_trainer.training.tokens import Tokens, TokenSource


def without_annotations(settings: TrainingSettings, unlabelled: Iterable[str]) -> Iterator[str]:
    """Texts of the file that the person added and the ``unlabelled`` ones of the project, in turn."""
    added = texts_of_file(settings.mix_in_file) if settings.mix_in and settings.mix_in_file else ()
    return in_turn(added, unlabelled)


def mix_in(
    mixing: Mixing,
    settings: TrainingSettings,
    unlabelled: Iterable[str],
    split: Split,
    tokens: Tokens,
    corpus: TrainingCorpus,
    taken: Callable[[str], None] = lambda _text: None,
) -> Iterator[Preparing]:
    """Learn from ``unlabelled`` texts, too, as many as belong to what is in ``corpus``, in which the base reads.

    ``taken`` is told each of them that is learned from.
    """
    words = unlabelled_words(corpus.train.words, settings.mix_in_amount)
    learned = (text for text in unlabelled if split.learns_from(text))
    yield from collect_more(mixing.predicted(learned), words, tokens, corpus, mixing.categories_of, taken)


class Gathering:
    """Reads the texts, once ``steps`` is gone through; before, it is empty."""

    def __init__(
        self,
        texts: Callable[[], Iterable[AnnotatedText]],
        settings: TrainingSettings,
        unlabelled: Callable[[], Iterable[str]] | None,
        categories: CategoryScheme,
    ) -> None:
        """As a :class:`~gadget_trainer.training.run.TrainingRun` takes them."""
        self._texts = texts
        self._settings = settings
        self._unlabelled = unlabelled
        self._scheme = categories
        self.corpus = TrainingCorpus()
        self.base: Base | None = None
        self.keeping: Keeping | None = None
        """What the base knew; None without one, or where nothing of it could be forgotten."""
        self.split = Split(0.0, frozenset(), frozenset())
        self.data = DataFingerprint(self.split)
        self.done: set[int] = set()
        """The ids of the finished texts."""

    @property
    def taught(self) -> Taught:
        """What can be learned from the texts."""
        return self.corpus.taught(self.split.categories)

    @property
    def documents(self) -> int:
        """How many there are, on both sides."""
        return len(self.corpus.train.docs) + len(self.corpus.held_out.docs)

    def steps(self) -> Iterator[Preparing]:
        """Read the texts, and with a base what it knows of them and of texts without annotations. Raises UserError."""
        yield Preparing("Loading the tokenizer", 0.0)
        categories = taught_categories(self._texts(), self._scheme)
        base = self.base = load_base(self._settings, self._texts, categories) if self._settings.base else None
        tokens = TokenSource(self._settings)
        split = self.split = choose_split(self._texts(), self._settings.held_out, categories)
        self.data = DataFingerprint(split)
        if base is not None:
            self.keeping = Keeping.of(base)
            if self.keeping is not None:
                yield from self._note_what_is_known(base, self.keeping, tokens)
        if base is None or not base.knows or not self._settings.mix_in:
            yield from collect(self._read, split, tokens, self.corpus)
            return
        mixing = Mixing(base)
        yield from collect(self._read, split, tokens, self.corpus, mixing.with_predictions, mixing.categories_of)
        yield from mix_in(mixing, self._settings, self._without_annotations(), split, tokens, self.corpus)

    def _note_what_is_known(self, base: Base, keeping: Keeping, tokens: Tokens) -> Iterator[Preparing]:
        split = self.split
        held_out = (text for text in self._texts() if takes_part(text) and split.scores_on(text))
        unlabelled = (text for text in self._without_annotations() if not split.learns_from(text))
        yield from keeping.collect(base, tokens, held_out, unlabelled)

    def _without_annotations(self) -> Iterator[str]:
        """Texts of the file that the person added and of the project, in turn."""
        return without_annotations(self._settings, self._unlabelled() if self._unlabelled is not None else ())

    def _read(self) -> Iterator[AnnotatedText]:
        """The texts, noting which they are."""
        self.done.clear()
        for text in self.data.of_all(self._texts()):
            if text.state is TextState.DONE:
                self.done.add(text.id)
            yield text
