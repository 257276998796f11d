"""A run's files without the run: train.spacy, dev.spacy and config.cfg in one folder, for spaCy's own command line."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc

from gadget_trainer.corpus.records import AnnotatedText, CategoryScheme, Span
from gadget_trainer.errors import UserError
from gadget_trainer.training.base import Base, load_base, start_from_base
from gadget_trainer.training.categories import NO_CATEGORIES, Taught, known_categories, taught_categories
from gadget_trainer.training.config import START_FOLDER
from gadget_trainer.training.corpus import Documents, TrainingCorpus, longest_scored
from gadget_trainer.training.examples import reference
from gadget_trainer.training.gathering import mix_in, without_annotations
from gadget_trainer.training.learnable import LONGEST, takes_part
from gadget_trainer.training.mixing import Mixing
from gadget_trainer.training.pieces import pieces
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.training.sources import is_unlabelled, unlabelled_texts
from gadget_trainer.training.split import Split, choose_split
from gadget_trainer.training.splitting import start_from_scratch
from gadget_trainer.training.tokens import Tokens, TokenSource

TRAIN_FILE = "train.spacy"
HELD_OUT_FILE = "dev.spacy"
CONFIG_FILE = "config.cfg"

_WAITS = "it is not done, and will be held out when it is"


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of one text."""

    text: AnnotatedText
    left_out: str = ""
    """Why it is in neither file; empty where it is in one."""
    lost: tuple[Span, ...] = ()
    """The spans that its tokens cannot hold, or that overlap; their words are unknown."""
    mixed_in: bool = False
    """Whether nobody annotated it but the base."""
    added: bool = False
    """Whether it comes from the file whose texts are mixed in, and is none of those that were given."""


def write_training_files(
    folder: Path,
    texts: Sequence[AnnotatedText],
    settings: TrainingSettings,
    categories: CategoryScheme = NO_CATEGORIES,
    *,
    with_config: bool,
) -> Iterator[Placed]:
    """Divide ``texts`` as a run with these settings does, and write the files to ``folder`` at the end.

    Says of each text what became of it, once; the texts of the file that is mixed in come after them.

    With a base, and ``with_config``, what the base finds of its other labels is mixed in, in the same texts and in
    those without annotations, and the base goes into the folder too. ``categories`` are those that the texts can have.
    Raises OSError, and UserError where there is nothing to learn from, or the base does not load.
    """
    categories = taught_categories(texts, categories)
    base = load_base(settings, lambda: texts, categories) if settings.base and with_config else None
    mixing = Mixing(base) if base is not None and base.knows and settings.mix_in else None
    tokens = TokenSource(settings)
    split = choose_split(texts, settings.held_out, categories)
    corpus = TrainingCorpus()
    for text in texts:
        if mixing is None or not is_unlabelled(text):
            yield _place(text, split, tokens, corpus, mixing)
    if mixing is not None:
        taken: list[str] = []
        unlabelled = without_annotations(settings, unlabelled_texts(texts))
        for _ in mix_in(mixing, settings, unlabelled, split, tokens, corpus, taken.append):
            pass
        yield from _mixed_in(filter(is_unlabelled, texts), taken, split)
    taught = corpus.taught(categories)
    if not taught.components:
        raise UserError("There is no span to learn from. Highlight some in a few texts, and mark the texts done.")
    corpus.write(folder / TRAIN_FILE, folder / HELD_OUT_FILE)
    if with_config:
        _write_config(folder, settings, base, corpus.train.words, taught)


def _place(text: AnnotatedText, split: Split, tokens: Tokens, corpus: TrainingCorpus, mixing: Mixing | None) -> Placed:
    if not takes_part(text):
        return Placed(text, "nothing can be learned from it: it is skipped, or has no spans and is not done")
    if split.learns_from(text.text):
        return Placed(text, lost=_add(text, tokens, corpus.train, split.categories, LONGEST, mixing))
    if split.scores_on(text):
        return Placed(
            text, lost=_add(text, tokens, corpus.held_out, split.categories, longest_scored(split.categories))
        )
    return Placed(text, _WAITS)


def _mixed_in(texts: Iterable[AnnotatedText], taken: Iterable[str], split: Split) -> Iterator[Placed]:
    """What became of ``texts`` without annotations, and which of those that were ``taken`` are none of them."""
    left = Counter(taken)
    for text in texts:
        if left[text.text]:
            left[text.text] -= 1
            yield Placed(text, mixed_in=True)
        elif split.learns_from(text.text):
            yield Placed(text, "nobody annotated it, and the base finds nothing in it or enough others are mixed in")
        else:
            yield Placed(text, _WAITS)
    for added in left.elements():
        yield Placed(AnnotatedText(added), mixed_in=True, added=True)


def _add(
    text: AnnotatedText,
    tokens: Tokens,
    side: Documents,
    categories: CategoryScheme,
    longest: int,
    mixing: Mixing | None = None,
) -> tuple[Span, ...]:
    """Take the text in, and return the spans that were lost."""
    held: set[Span] = set()
    start = 0
    cats = mixing.categories_of(text) if mixing else known_categories(text, categories)
    for piece in pieces(text, tokens, longest):
        doc = reference(mixing.with_predictions(piece) if mixing else piece, tokens, cats)
        side.add(doc)
        held.update(_spans(doc, start))
        start += len(piece.text)
    return tuple(span for span in text.spans if span not in held)


def _spans(doc: Doc, start: int) -> Iterator[Span]:
    return (Span(start + ent.start_char, start + ent.end_char, ent.label_) for ent in doc.ents)


def _write_config(folder: Path, settings: TrainingSettings, base: Base | None, words: int, taught: Taught) -> None:
    if base is None:
        config = start_from_scratch(settings, words, folder, taught)
    else:
        (folder / START_FOLDER).parent.mkdir()
        config = start_from_base(settings, base, words, folder / START_FOLDER, taught)
    config["paths"].update({"train": TRAIN_FILE, "dev": HELD_OUT_FILE})
    config.to_disk(folder / CONFIG_FILE)
