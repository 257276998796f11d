"""Random corpora for the writers, and the way out of a project and into an empty one."""

from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.formats.export_receipt import ExportReceipt
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.reading import read_files
from gadget_trainer.formats.writing import write_file

quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])

characters = st.one_of(
    st.sampled_from("ab.,-_#*|;[]\\ \t\n\r\u00a0\x0b\x1c\x85\u2028\ufeff🙂é\u0301עא中👩\u200d👧\"'=&<>"),
    st.characters(exclude_categories=["Cs"]),
)
texts = st.one_of(st.text(characters, min_size=1, max_size=30), st.sampled_from(["🙂 Ana Ruiz\r\nmoved\tto  Oslo."]))
names = (
    st.one_of(
        st.sampled_from(["PERSON", "Ort", "人名", "a b", "_", "B-X", "*", "a->b", "x[1]"]),
        st.text(characters, min_size=1, max_size=5),
    )
    .map(str.strip)
    .filter(bool)
)


@st.composite
def annotated_texts(draw: st.DrawFn) -> AnnotatedText:
    """A text as a project may hold it, without metadata."""
    categories = tuple(draw(st.lists(names, max_size=2, unique=True)))
    text = draw(texts)
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    pieces = [(a, b) for a, b in pairwise(edges) if draw(st.booleans())]
    spans = tuple(Span(a, b, draw(names)) for a, b in pieces if text[a:b] == text[a:b].strip())
    state = draw(st.sampled_from(TextState))
    complete = state is TextState.DONE and draw(st.booleans())
    return AnnotatedText(text, spans, state, flagged=draw(st.booleans()), complete=complete, categories=categories)


@st.composite
def repeated_spans(draw: st.DrawFn) -> tuple[str, list[tuple[int, int, str]]]:
    """A text with spans that do not overlap, some of them there twice."""
    text = draw(texts)
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    found: list[tuple[int, int, str]] = []
    for start, end in zip(edges[::2], edges[1::2], strict=False):
        if text[start:end] == text[start:end].strip():
            found += [(start, end, draw(st.sampled_from(["X", "Y"])))] * draw(st.integers(1, 2))
    return text, found


corpora = st.lists(annotated_texts(), min_size=1, max_size=4)


def through(
    path: Path, corpus: list[AnnotatedText], writer: str, reader: str | None, offsets: Reading | None = None
) -> tuple[ExportReceipt, list[AnnotatedText]]:
    """What is read again of a corpus that was written; the reader must have nothing to repair or to lose."""
    written = write_file(path, corpus, writer)
    if not path.exists() or (path.is_file() and not path.stat().st_size):
        return written, []
    reading = read_files([path], reader, offsets)
    again = list(reading.texts())
    (receipt,) = reading.receipts
    assert (receipt.spans_lost.count, receipt.spans_repaired.count, receipt.texts_skipped.count) == (0, 0, 0)
    assert len(again) == written.texts_written
    assert receipt.spans_kept == written.spans_written
    return written, again


def of_note(corpus: list[AnnotatedText]) -> list[AnnotatedText]:
    """Those that are done or have spans, and are not skipped."""
    return [one for one in corpus if one.state is TextState.DONE or (one.spans and one.state is TextState.TODO)]
