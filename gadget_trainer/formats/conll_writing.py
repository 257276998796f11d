"""CoNLL's columns, a token a line: as in CoNLL-2003, with IOB2 tags in two columns, or with BILUO tags.

A text is a sentence, in the 2003 form a document too. White space is not written, so the words of a text are known and
how they were spaced is not. All that is no span is ``O``, "no entity", because there is no tag for "unknown".
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO, ClassVar

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.formats.format import TokenRules, Writer
from gadget_trainer.formats.receipt import ExportReceipt
from gadget_trainer.formats.tokenised import LEFT_OUT, annotated_only, one_word, token_spans, tokenised, tokenizing

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as TokenSpan

_DOCUMENT = "-DOCSTART-"
_BYTE_ORDER_MARK = "\ufeff"


class ConllColumns(Writer):
    """A token and its tag a line, an empty line after a text."""

    limits = (
        f"{LEFT_OUT} How words are spaced, spans that cut a token or overlap, categories, flags, notes and metadata "
        "have no place in it, nor has it a tag for words that may or may not be an entity."
    )
    has_four_columns: ClassVar[bool] = False
    """Whether there are four columns, and a line where a document begins, as in 2003."""
    tags_ends: ClassVar[bool] = False
    """Whether the tag says where a span ends, as BILUO does."""

    def write(
        self, stream: BinaryIO, texts: Iterable[AnnotatedText], receipt: ExportReceipt, rules: TokenRules
    ) -> None:
        """Write the texts that are done or have spans."""
        nlp = tokenizing(rules)
        for where, annotated in annotated_only(texts, receipt):
            doc = tokenised(nlp, annotated, where, receipt)
            if doc is None:
                continue
            if problem := _problem(doc):
                receipt.texts_left_out.add(where, problem)
                continue
            spans, _lost = token_spans(doc, annotated.spans, where, receipt)
            lines = self._lines(doc, spans, receipt)
            if stream.tell() == 0 and lines[0].startswith(_BYTE_ORDER_MARK):
                lines[0] = _BYTE_ORDER_MARK + lines[0]  # the first is the file's, and no character of its text
            stream.write("".join(f"{line}\n" for line in [*lines, ""]).encode())
            receipt.count_written(annotated, len(spans))
            receipt.count_unknown(annotated)
            if any(token.is_space for token in doc):
                receipt.not_held["line breaks, tabs and runs of spaces"] += 1

    def _lines(self, doc: "Doc", spans: "list[TokenSpan]", receipt: ExportReceipt) -> list[str]:
        tags = ["O"] * len(doc)
        for span in spans:
            self._tag(span, tags, one_word(span.label_, receipt))
        words = [(token.text, tags[token.i]) for token in doc if not token.is_space]
        if not self.has_four_columns:
            return [f"{word}\t{tag}" for word, tag in words]
        return [f"{_DOCUMENT} -X- O O", "", *(f"{word} -X- O {tag}" for word, tag in words)]

    def _tag(self, span: "TokenSpan", tags: list[str], label: str) -> None:
        # The edges of a span are no white space, so all tokens that bear a B, L or U are written.
        tags[span.start : span.end] = [f"I-{label}"] * len(span)
        tags[span.start] = f"B-{label}"
        if self.tags_ends:
            tags[span.end - 1] = f"{'U' if len(span) == 1 else 'L'}-{label}"


def _problem(doc: "Doc") -> str:
    """Why the text can be no lines of columns; empty where it can."""
    words = [token for token in doc if not token.is_space]
    if not words:
        return "it holds nothing but spaces"
    # Vietnamese words have spaces inside.
    if any(any(char.isspace() for char in token.text) for token in words):
        return "a token of it holds a space"
    if any(token.text == _DOCUMENT for token in words):
        return f"{_DOCUMENT} is a mark of the format"
    return ""


class Conll2003(ConllColumns):
    """What spaCy's converter, and most programs of the field, read."""

    name = "conll-2003"
    title = "CoNLL-2003 (four columns)"
    suffixes = (".conll",)
    has_four_columns = True


class Iob2(ConllColumns):
    """The token and its tag."""

    name = "iob2"
    title = "IOB2 (two columns)"
    suffixes = (".iob2", ".iob", ".bio")


class Biluo(ConllColumns):
    """The token and its tag, of which the last one of a span and the only one of a span are told apart."""

    name = "biluo"
    title = "BILUO (two columns)"
    suffixes = (".biluo",)
    tags_ends = True


FORMATS = (Conll2003(), Iob2(), Biluo())
