"""Plain text, a text a line: what one pastes together from anywhere."""

import json
from collections.abc import Iterator

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.formats.format import Fit, Reader
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source


class TextLines(Reader):
    """Each line is a text to do. Empty lines are counted as skipped."""

    name = "txt"
    title = "Plain text (a text a line)"
    suffixes = (".txt",)

    def recognises(self, sample: Sample) -> Fit:
        """Any text fits, except one that is data of another kind and would come in as a heap of brackets."""
        return Fit.ANY_TEXT if sample.text and not _is_json(sample) else Fit.NO

    def read(self, source: Source, receipt: Receipt, offsets: Reading | None = None) -> Iterator[AnnotatedText]:
        """Yield a text a line, exactly as it is but for the line's end."""
        for number, line in source.lines():
            where = f"{source.name}:{number}"
            if not line.strip():
                receipt.texts_skipped.add(where, "the line is empty")
                continue
            yield AnnotatedText(line, source=where)


def _is_json(sample: Sample) -> bool:
    """Whether the sample is JSON or lines of JSON, as far as it goes. "[1] See above." is not."""
    text = sample.text.lstrip()
    if not text.startswith(("{", "[")):
        return False
    try:
        _value, end = json.JSONDecoder(strict=False).raw_decode(text)
    except json.JSONDecodeError as error:
        # A sample may end in the middle of a value, which then begins where it is "unterminated".
        return not sample.whole and (error.pos >= len(text) - 8 or error.msg.startswith("Unterminated"))
    except (RecursionError, ValueError):
        return True
    rest = text[end:].lstrip()
    return not rest or rest.startswith(("{", "["))


FORMAT = TextLines()
