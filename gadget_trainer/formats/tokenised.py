"""Texts as spaCy's tokens, for the formats whose spans are made of tokens."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.errors import UserError
from gadget_trainer.formats.cleaning import quoted, span_name
from gadget_trainer.formats.export_receipt import ExportReceipt
from gadget_trainer.formats.format import TokenRules
from gadget_trainer.word_splits import add_splits

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Span as TokenSpan

LEFT_OUT = "Skipped texts, and texts to do without spans, are left out."
"""What the formats say of which every text counts as annotated."""


def why_left_out(annotated: AnnotatedText) -> str:
    """Why a text is not for a format of which every text counts as annotated; empty where it is."""
    if annotated.state is TextState.SKIPPED:
        return "the text is skipped"
    if annotated.state is TextState.TODO and not annotated.spans:
        return "the text is to do and has no spans"
    return ""


def tokenizing(rules: TokenRules) -> "Language":
    """A pipeline of nothing but the tokenizer of a language, which follows the rules of the project.

    Raises:
        UserError: spaCy does not know the language, or it needs a further package.
    """
    import spacy  # noqa: PLC0415 - the window lists the formats before spaCy is loaded

    try:
        nlp = spacy.blank(rules.language)
    except ImportError as error:
        raise UserError(
            f"spaCy cannot cut texts of the language “{rules.language}” into tokens: it is unknown, or needs a further "
            "package. Choose another language, or export as JSONL."
        ) from error
    add_splits(nlp, rules.splits)
    return nlp


def tokenised(nlp: "Language", annotated: AnnotatedText, where: str, receipt: ExportReceipt) -> "Doc | None":
    """The text as tokens, or None, which is noted, when the tokenizer would change the text."""
    # The tokenizer alone has no limit of a million characters; make_doc has.
    doc = nlp.tokenizer(annotated.text)
    if doc.text != annotated.text:
        receipt.texts_left_out.add(where, f"the tokenizer of “{nlp.lang}” changes the text")
        return None
    return doc


def token_spans(
    doc: "Doc", spans: Iterable[Span], where: str, receipt: ExportReceipt
) -> "tuple[list[TokenSpan], list[Span]]":
    """The spans as tokens, in order and without overlaps, and those that cannot be held, which are noted."""
    held: list[TokenSpan] = []
    lost: list[Span] = []
    end = 0
    for span in sorted(spans):
        entity = doc.char_span(span.start, span.end, label=span.label) if span.start >= end else None
        if entity is None:
            detail = f"{span_name(span)}, {quoted(doc.text[span.start : span.end])}"
            receipt.spans_lost.add(where, _fault(span, end, len(doc.text)), detail)
            lost.append(span)
        else:
            held.append(entity)
            end = span.end
    return held, lost


def one_word(label: str, receipt: ExportReceipt) -> str:
    """The label for a format whose labels have no spaces; what is changed is counted."""
    word = "_".join(label.split())
    if word != label:
        receipt.not_held["spaces in labels, which became “_”"] += 1
    return word


def annotated_only(
    texts: Iterable[AnnotatedText], receipt: ExportReceipt, *, with_categories: bool = False
) -> Iterator[tuple[str, AnnotatedText]]:
    """Yield where a text is, for notes, and the text; those that nobody finished or begun are noted and left out.

    ``with_categories``: a text that has nothing but categories is of use to the format.
    """
    for number, annotated in enumerate(texts, start=1):
        where = receipt.place(annotated, number)
        reason = "" if with_categories and _has_categories_alone(annotated) else why_left_out(annotated)
        if reason:
            receipt.texts_left_out.add(where, reason)
        else:
            yield where, annotated


def _has_categories_alone(annotated: AnnotatedText) -> bool:
    return annotated.state is TextState.TODO and not annotated.spans and bool(annotated.categories)


def _fault(span: Span, end_before: int, length: int) -> str:
    """Why a span cannot be held."""
    if span.start < end_before:
        return "it overlaps another span"
    return "it lies outside the text" if span.end > length else "it cuts a token"
