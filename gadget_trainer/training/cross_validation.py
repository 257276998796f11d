"""Which annotations of the training texts are probably wrong: each text is judged by a pipeline that did not see it.

The method is that of Northcutt, Jiang and Chuang (*Confident Learning*, JAIR 2021) for spans: the texts are dealt
into folds; a small pipeline learns from all folds but one and reads that one; where it disagrees, its confidence says
which annotation to look at first. The confidence is the probability of the pipeline's reading times the probability
that the person's is not there, both summed over the readings of spaCy's beam search, which keeps the
:data:`_BEAM` most probable ones; what it is worth is the matter of :mod:`~gadget_trainer.training.suspicion`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from spacy.language import Language
from spacy.schemas import ConfigSchemaTraining
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import load_model_from_config, registry
from thinc.api import fix_random_seed

from gadget_trainer.corpus.likeness import fingerprint
from gadget_trainer.corpus.records import AnnotatedText, CategoryScheme, Span
from gadget_trainer.errors import UserError
from gadget_trainer.training.categories import NO_CATEGORIES, Taught, chosen_of, known_categories, taught_categories
from gadget_trainer.training.config import config_from_scratch
from gadget_trainer.training.elsewhere import Elsewhere
from gadget_trainer.training.examples import reference
from gadget_trainer.training.found import Found
from gadget_trainer.training.guard import guarded
from gadget_trainer.training.learnable import takes_part
from gadget_trainer.training.loading import entity_recogniser, text_categoriser
from gadget_trainer.training.loop import Course, Standing, train
from gadget_trainer.training.mistakes import Comparison, Kept, Mistakes, used_labels
from gadget_trainer.training.pieces import pieces
from gadget_trainer.training.predict import categories_in, spans_in
from gadget_trainer.training.progress import BatchDone
from gadget_trainer.training.settings import TrainingSettings, suggested_iterations
from gadget_trainer.training.split import choose_split, may_be_held_out
from gadget_trainer.training.suspicion import Suspicion, strings
from gadget_trainer.training.tokens import TokenSource
from gadget_trainer.training.weights import Weights

FOLDS = 4
_BEAM = 16
_BEAM_DENSITY = 1e-4
"""Readings that are less probable than this share of the most probable one are dropped."""
_LEAST_TEXTS = 10
_FEWER_ITERATIONS = 4
"""A fold’s pipeline goes through its texts a quarter as often as a run: it need not be the best, and there are four."""

_Scores = dict[tuple[int, int, str], float]


@dataclass(frozen=True, slots=True)
class Validating:
    """How far a cross-validation is."""

    fold: int
    """From 1."""
    folds: int
    fraction: float
    """Of the whole, from 0 to 1."""


def find_annotation_errors(
    texts: Callable[[], Iterable[AnnotatedText]],
    settings: TrainingSettings,
    kept: Kept = frozenset(),
    folds: int = FOLDS,
    categories: CategoryScheme = NO_CATEGORIES,
) -> Iterator[Validating | Mistakes]:
    """Look for wrong annotations in the texts that a run with ``settings`` would learn from.

    ``texts`` is called more than once. Ends with the Mistakes, the most confident first; leave it between any two
    records to stop. Step it in one and the same thread. Raises UserError where there are too few texts or the
    language does not load. Nothing is saved, and a base is used for its tokens only: it may have seen the texts.
    """
    yield Validating(1, folds, 0.0)
    with guarded(numpy_blas=settings.numpy_blas):
        tokens = TokenSource(settings)
        split = choose_split(texts(), settings.held_out, taught_categories(texts(), categories))
        learned = [text for text in texts() if takes_part(text) and split.learns_from(text.text)]
        if sum(may_be_held_out(text) for text in learned) < _LEAST_TEXTS:
            raise UserError(
                f"There are too few finished texts to compare with one another. Mark at least {_LEAST_TEXTS} of the "
                "texts that are learned from as done."
            )
        comparison = Comparison(used_labels(learned), kept, categories)
        suspicion = Suspicion()
        for fold in range(folds):
            inside = [text for text in learned if fingerprint(text.text) % folds == fold]
            outside = [text for text in learned if fingerprint(text.text) % folds != fold]
            judge = _Judge(settings, tokens, split.categories)
            for fraction in judge.learn(outside):
                yield Validating(fold + 1, folds, (fold + fraction) / folds)
            yield from _judged(judge, inside, comparison, suspicion, Validating(fold + 1, folds, (fold + 1) / folds))
    mistakes = comparison.mistakes(cross_validated=True)
    elsewhere = Elsewhere(strings(mistakes))
    for text in filter(may_be_held_out, learned):
        elsewhere.add(text)
        yield Validating(folds, folds, 1.0)
    yield suspicion.weighed(mistakes, elsewhere)


def _judged(
    judge: "_Judge", texts: Sequence[AnnotatedText], comparison: Comparison, suspicion: Suspicion, record: Validating
) -> Iterator[Validating]:
    """Compare the finished texts of a fold with what its judge reads."""
    for text in texts:
        if may_be_held_out(text):
            found, scores = judge.read(text)
            for span in text.spans:
                suspicion.see(span.label, _probability(scores, span))
            comparison.add(text, found, partial(_confidence, scores), partial(_category_confidence, found))
            yield record


def _confidence(scores: _Scores, expected: Span | None, found: Span | None) -> float:
    doubt = 1.0 if expected is None else 1.0 - _probability(scores, expected)
    return doubt if found is None else doubt * _probability(scores, found)


def _category_confidence(read: Found, expected: str | None, found: str | None) -> float:
    doubt = 1.0 if expected is None else 1.0 - read.probabilities.get(expected, 0.0)
    return doubt if found is None else doubt * read.probabilities.get(found, 0.0)


def _probability(scores: _Scores, span: Span) -> float:
    return min(1.0, scores.get((span.start, span.end, span.label), 0.0))


class _Judge:
    """A small pipeline that learns from some texts and reads others."""

    def __init__(self, settings: TrainingSettings, tokens: TokenSource, categories: CategoryScheme) -> None:
        self._settings = settings
        self._categories = categories
        self._tokens = tokens
        self._nlp = Language()

    def learn(self, texts: Sequence[AnnotatedText]) -> Iterator[float]:
        """Learn from ``texts``, yielding how far that is, from 0 to 1."""
        references: list[Doc] = []
        for text in texts:
            cats = known_categories(text, self._categories)
            references += [reference(piece, self._tokens, cats) for piece in pieces(text, self._tokens)]
            yield 0.0
        words = sum(len(doc) for doc in references)
        iterations = max(3, suggested_iterations(words) // _FEWER_ITERATIONS)
        # The language decides about the tokens, which are there already.
        language = "xx" if self._settings.base else self._settings.language
        chosen = replace(self._settings, base="", language=language, iterations=iterations)
        known = any(doc.cats for doc in references)
        entities = not known or any(doc.ents for doc in references)
        taught = Taught(entities, self._categories if known else NO_CATEGORIES)
        config = config_from_scratch(chosen, words, taught)
        nlp = self._nlp = load_model_from_config(config, auto_fill=True)
        examples = [Example(self._unannotated(doc), doc) for doc in references if len(doc)]
        training = registry.resolve(nlp.config.interpolate()["training"], schema=ConfigSchemaTraining)
        fix_random_seed(self._settings.seed)
        nlp.initialize(lambda: examples, sgd=training["optimizer"])
        course = Course(
            nlp=nlp,
            examples=examples,
            optimizer=training["optimizer"],
            batches=training["batcher"],
            iterations=iterations,
            dropout=self._settings.dropout,
            frozen=[],
            recogniser=entity_recogniser(nlp),
            categoriser=text_categoriser(nlp),
            scored_labels=None,
            held_out=[],
            score=lambda _tally: iter(()),
            keep=lambda _f_score: True,
        )
        for record in train(course, Standing(list(range(len(examples))))):
            if isinstance(record, BatchDone):
                yield (record.iteration - 1 + record.fraction) / iterations
        with nlp.use_params(training["optimizer"].averages):
            averaged = Weights.of(nlp, [])
        averaged.put_into(nlp)

    def read(self, text: AnnotatedText) -> tuple[Found, _Scores]:
        """What it finds in ``text``, and how probable each span is; code points."""
        docs: list[Doc] = []
        scores: _Scores = defaultdict(float)
        start = 0
        for piece in pieces(text, self._tokens):
            doc = self._unannotated(self._tokens.document(piece.text))
            for span, probability in self._scored(doc):
                scores[start + span.start, start + span.end, span.label] += probability
            docs.append(doc)
            start += len(piece.text)
        probable = categories_in(docs)
        exclusive = self._categories.exclusive
        return Found(spans_in(docs), probable, chosen_of(probable, exclusive=exclusive)), scores

    def _scored(self, doc: Doc) -> Iterator[tuple[Span, float]]:
        """Annotate ``doc``; yields the spans of the beam's readings with their probabilities."""
        if not len(doc):
            return
        # spaCy's types know components as functions only.
        components: list[tuple[str, Any]] = self._nlp.pipeline
        recogniser = entity_recogniser(self._nlp)
        for name, component in components:
            if name == recogniser:
                beams = component.beam_parse([doc], beam_width=_BEAM, beam_density=_BEAM_DENSITY)
                for (first, end, label), probability in component.scored_ents(beams)[0].items():
                    span = doc[first:end]
                    yield Span(span.start_char, span.end_char, label), float(probability)
            component(doc)

    def _unannotated(self, doc: Doc) -> Doc:
        """The tokens of ``doc`` in the vocabulary of the pipeline."""
        words, spaces = [token.text for token in doc], [bool(token.whitespace_) for token in doc]
        return Doc(self._nlp.vocab, words=words, spaces=spaces)
