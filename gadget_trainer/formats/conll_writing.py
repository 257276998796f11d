"""CoNLL's columns, a token a line: as in CoNLL-2003, with IOB2 tags in two columns, or with BILUO tags.

A text is a sentence, in the 2003 form a document too. White space is not written, so the words of a text are known and
how they were spaced is not. A text that came in columns keeps the words that it had there. All that is no span is
``O``, "no entity", because there is no tag for "unknown".
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, BinaryIO, ClassVar, NamedTuple

from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.formats.conll_brought import KEY, Brought, brought
from gadget_trainer.formats.conll_rows import DOCUMENT
from gadget_trainer.formats.export_receipt import ExportReceipt
from gadget_trainer.formats.format import TokenRules, Writer
from gadget_trainer.formats.tokenised import LEFT_OUT, annotated_only, one_word, token_spans, tokenised, tokenizing

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_BYTE_ORDER_MARK = "\ufeff"


class ConllColumns(Writer):
    """A token and its tag a line, an empty line after a text."""

    limits = (
        f"{LEFT_OUT} How words are spaced, spans that cut a token or overlap, refused spans, categories, flags, notes "
        "and metadata have no place in it, nor has it a tag for words that are unknown."
    )
    has_four_columns: ClassVar[bool] = False
    """Whether there are four columns, and a line where a document begins, as in 2003."""
    tags_ends: ClassVar[bool] = False
    """Whether the tag says where a span ends, as BILUO does."""
    keeps_lines: ClassVar[bool] = False
    """Whether a text that came in columns goes out in those."""

    def write(
        self, stream: BinaryIO, texts: Iterable[AnnotatedText], receipt: ExportReceipt, rules: TokenRules
    ) -> None:
        """Write the texts that are done or have spans."""
        nlp = tokenizing(rules)
        end = ""
        for where, annotated in annotated_only(texts, receipt):
            came = brought(annotated)
            if came is not None and self._takes(came, annotated):
                lines, spans = self._as_it_came(came, annotated, receipt), len(annotated.spans)
                kept = self.keeps_lines or not came.says_more
            else:
                words = _words(nlp, annotated, where, receipt)
                if words is None:
                    continue
                lines, spans, kept = self._lines(words, receipt), len(words.spans), False
            if stream.tell() == 0 and lines[0].startswith(_BYTE_ORDER_MARK):
                lines[0] = _BYTE_ORDER_MARK + lines[0]  # the first is the file's, and no character of its text
            stream.write((end + "".join(f"{line}\n" for line in lines)).encode())
            end = "" if not lines[-1].strip() else "\n"
            receipt.count_written(annotated, spans, kept_meta=(KEY,) if kept else ())
            receipt.count_unknown(annotated)

    def _takes(self, came: Brought, annotated: AnnotatedText) -> bool:
        """Whether the words that the text came with can be the words of its lines."""
        fits = all(word and not any(map(str.isspace, word)) and word != DOCUMENT for word in came.words())
        return fits and came.holds(annotated.spans)

    def _as_it_came(self, came: Brought, annotated: AnnotatedText, receipt: ExportReceipt) -> list[str]:
        return self._lines(_Words(came.words(), came.places, annotated.spans), receipt)

    def _lines(self, words: "_Words", receipt: ExportReceipt) -> list[str]:
        tagged = list(zip(words.words, self._tags(words, receipt), strict=True))
        if not self.has_four_columns:
            return [*(f"{word}\t{tag}" for word, tag in tagged), ""]
        return [f"{DOCUMENT} -X- O O", "", *(f"{word} -X- O {tag}" for word, tag in tagged), ""]

    def _tags(self, words: "_Words", receipt: ExportReceipt) -> list[str]:
        tags = ["O"] * len(words.places)
        starts, ends = ({place[side]: at for at, place in enumerate(words.places)} for side in (0, 1))
        for span in words.spans:
            label = one_word(span.label, receipt)
            first, last = starts[span.start], ends[span.end]
            tags[first : last + 1] = [f"B-{label}", *[f"I-{label}"] * (last - first)]
            if self.tags_ends:
                tags[last] = f"{'U' if first == last else 'L'}-{label}"
        return tags


class _Words(NamedTuple):
    """The words of a text, where each is, and the spans that consist of whole ones."""

    words: list[str]
    places: list[tuple[int, int]]
    spans: Sequence[Span]


def _words(nlp: "Language", annotated: AnnotatedText, where: str, receipt: ExportReceipt) -> _Words | None:
    """The words that the tokenizer finds; None, which is noted, where they cannot be lines of columns."""
    doc = tokenised(nlp, annotated, where, receipt)
    if doc is None:
        return None
    if problem := _problem(doc):
        receipt.texts_left_out.add(where, problem)
        return None
    held, _lost = token_spans(doc, annotated.spans, where, receipt)
    if any(token.is_space for token in doc):
        receipt.not_held["line breaks, tabs and runs of spaces"] += 1
    tokens = [token for token in doc if not token.is_space]
    places = [(token.idx, token.idx + len(token)) for token in tokens]
    spans = [Span(one.start_char, one.end_char, one.label_) for one in held]
    return _Words([token.text for token in tokens], places, spans)


def _problem(doc: "Doc") -> str:
    """Why the text can be no lines of columns; empty where it can."""
    words = [token for token in doc if not token.is_space]
    if not words:
        return "it holds nothing but spaces"
    # Vietnamese words have spaces inside.
    if any(any(char.isspace() for char in token.text) for token in words):
        return "a token of it holds a space"
    if any(token.text == DOCUMENT for token in words):
        return f"{DOCUMENT} is a mark of the format"
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


class ConllAsItCame(ConllColumns):
    """The lines as they came, with the tags as they are now; texts from elsewhere are two columns."""

    name = "conll"
    title = "CoNLL (lines as they came)"
    suffixes = (".conll",)
    by_ending = False
    keeps_lines = True

    def _takes(self, came: Brought, annotated: AnnotatedText) -> bool:
        return came.holds(annotated.spans)

    def _as_it_came(self, came: Brought, annotated: AnnotatedText, receipt: ExportReceipt) -> list[str]:
        if came.says(annotated.text, annotated.spans):
            return list(came.lines)
        return came.with_tags(self._tags(_Words(came.words(), came.places, annotated.spans), receipt))


FORMATS = (Conll2003(), Iob2(), Biluo(), ConllAsItCame())
