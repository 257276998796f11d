"""JSON of tokens and their tags, ``{"tokens": [...], "ner_tags": ["B-PER", "O"]}``, as data sets of Hugging Face are.

A record is a text: its own where it has one and the tokens are found in it one after the other, else the tokens joined
by one space each, which the receipt says. Tags that are numbers have their names elsewhere, so that nobody can tell
which of them begin a span: such a file is refused, unless its records have texts, which are read by other formats.
"""

from collections.abc import Iterator
from typing import NamedTuple, TypeGuard

from gadget_trainer.corpus.records import AnnotatedText, TextState
from gadget_trainer.errors import UserError
from gadget_trainer.formats.cleaning import clean_spans, quoted, text_problem
from gadget_trainer.formats.format import Fit, Reader
from gadget_trainer.formats.json_rows import Row, rows, sample_rows
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source
from gadget_trainer.formats.tags import OUTSIDE, UNKNOWN, Token, are_tags, is_tag, joined, placed, tagged_spans

_TOKENS = ("tokens", "words")
_TAGS = ("ner_tags", "ner", "bio_tags", "tags", "labels")
_TEXTS = ("text", "sentence")


class _Fields(NamedTuple):
    """Under which keys a record has its tokens and their tags."""

    tokens: str
    tags: str


class TokenTags(Reader):
    """A list of records, or one a line; what else they have becomes ``meta["json"]``."""

    name = "token-tags"
    title = "JSON of tokens and tags"
    suffixes = (".json", ".jsonl")

    def recognises(self, sample: Sample) -> Fit:
        """Likely when records have tokens and as many tags, be they numbers if there is no text to read without."""
        found = sample_rows(sample)
        numbers = any(_numbered(row) and not _text(row) for row in found)
        is_tagged = any(_fields(row) is not None for row in found)
        return Fit.LIKELY if is_tagged or numbers else Fit.NO

    def read(self, source: Source, receipt: Receipt, offsets: Reading | None = None) -> Iterator[AnnotatedText]:
        """Yield a text a record."""
        fields = _fields_of(source)
        for where, row in rows(source, receipt):
            tokens, tags = row.pop(fields.tokens, None), row.pop(fields.tags, None)
            if not _are_strings(tokens) or not _are_strings(tags) or len(tokens) != len(tags):
                receipt.texts_skipped.add(where, "it does not have as many tags as tokens")
                continue
            stated = [Token(word, tag) for word, tag in zip(tokens, tags, strict=True)]
            annotated = _annotated(stated, row, where, receipt)
            if annotated is not None:
                yield annotated


def _annotated(stated: list[Token], row: Row, where: str, receipt: Receipt) -> AnnotatedText | None:
    key = _text(row)
    found = placed(stated, row[key]) if key else None
    tokens = stated if found else [one for one in stated if one.text.strip()]
    text, places = (row.pop(key), found) if found else joined(tokens)
    problem = text_problem(text)
    if problem is not None:
        receipt.texts_skipped.add(where, problem)
        return None
    if key and not found:
        receipt.remarks.add(where, "its tokens are not in its text, so they are joined by one space each", quoted(key))
    elif not key and not receipt.texts_read:
        receipt.remarks.add(where, "the file does not know the spaces of its texts, so words are joined by one each")
    lost = receipt.spans_lost.count
    for one in stated if len(tokens) < len(stated) else ():
        if not one.text.strip() and one.tag not in OUTSIDE:
            receipt.spans_lost.add(where, "its token is empty", quoted(one.tag))
    spans = clean_spans(text, tagged_spans(tokens, places, where, receipt), where, receipt)
    known = all(token.tag != UNKNOWN for token in tokens)
    complete = known and lost == receipt.spans_lost.count
    state = TextState.DONE if known or spans else TextState.TODO
    return AnnotatedText(text, spans, state, source=where, complete=complete, meta={"json": row} if row else {})


def _fields_of(source: Source) -> _Fields:
    """Where the records of a file have their tokens and tags: as the first one with a tag of a span has them.

    Raises:
        UserError: none has tags that say what they are.
    """
    outside: _Fields | None = None
    for where, row in rows(source, Receipt(source.name, TokenTags.title)):
        found = _fields(row)
        if found is not None and are_tags(row[found.tags]):
            return found
        outside = outside or found
        key = _numbered(row)
        if key:
            raise UserError(
                f"{where} has numbers for tags ({quoted(key)}), and the file does not say what they are called. Write "
                "their names, such as B-PER, in their place (in Hugging Face's datasets: "
                'dataset.features["ner_tags"].feature.names), and import the file again.'
            )
    if outside is None:
        raise UserError(f"{source.name} has no record with tokens and as many tags. Choose another format.")
    return outside


def _fields(row: Row) -> _Fields | None:
    """Where a record has tokens and a tag of a scheme for each; None where it has not."""
    for tokens in _TOKENS:
        words = row.get(tokens)
        number = len(words) if _are_strings(words) else 0
        for tags in _TAGS if number else ():
            listed = row.get(tags)
            if _are_strings(listed) and len(listed) == number and _are_known(listed):
                return _Fields(tokens, tags)
    return None


def _are_known(tags: list[str]) -> bool:
    return any(map(is_tag, tags)) and all(is_tag(tag) or tag in OUTSIDE for tag in tags)


def _numbered(row: Row) -> str:
    """Where a record has a number for each of its tokens; empty where it has none."""
    number = next((len(row[key]) for key in _TOKENS if _are_strings(row.get(key))), 0)
    for tags in _TAGS if number else ():
        listed = row.get(tags)
        if isinstance(listed, list) and len(listed) == number and all(type(one) is int for one in listed):
            return tags
    return ""


def _text(row: Row) -> str:
    return next((key for key in _TEXTS if isinstance(row.get(key), str) and row[key]), "")


def _are_strings(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


FORMAT = TokenTags()
