"""spaCy's training tuples, ``[[text, {"entities": [[start, end, label]]}]]``, as JSON or as Python writes them.

``{"entities": []}`` says that a text has no entities and ``{}`` that nobody looked, so the one is done and the
other to do, unless it has ``{"cats": {name: 1.0 or 0.0}}``, its categories, or spaCy's groups of spans, of which
:mod:`gadget_trainer.formats.spacy_groups` tells. The other keys of the second part are
kept as the text's metadata under the format's name, and go back there: those of other programs do not, since spaCy
takes no annotations with keys that it does not know. Notes name records, from 1.
"""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any, BinaryIO

from gadget_trainer.corpus.records import AnnotatedText, TextState
from gadget_trainer.errors import UserError
from gadget_trainer.formats.cats import ScoredCategories, UnchosenCategories, take_cats
from gadget_trainer.formats.cleaning import RawSpan, quoted, text_problem
from gadget_trainer.formats.export_receipt import ExportReceipt
from gadget_trainer.formats.format import Fit, TokenRules, Writer
from gadget_trainer.formats.json_values import JsonDecoder, NotJsonError, after_spaces, elements, too_deep
from gadget_trainer.formats.python_literals import is_python, literal_items
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source
from gadget_trainer.formats.spacy_groups import GROUPS, TAKEN, group_to_take, with_group, without_group
from gadget_trainer.formats.span_lists import note_span_lists
from gadget_trainer.formats.span_reader import RawText, SpanReader

_COMMENTS = r"(?:\#[^\n]*\n\s*)*"
_OPENING = re.compile(rf"""\s*{_COMMENTS}(?:\w+\s*=\s*)?[\[(]\s*[\[(]\s*["']""")
_ASSIGNMENT = re.compile(rf"""^\w+[ ]*(?::[^=\n]*)?=\s*[\[(]\s*{_COMMENTS}[\[(]\s*{_COMMENTS}["']""", re.MULTILINE)
"""The same within a Python file, after whatever stands before it."""
_SAYS_WHAT = re.compile(r"""["'](?:(?:entities|cats)["']|spans["']\s*:\s*\{)""")
_CATS = re.compile(r"""["']cats["']""")
_KEY = "spacy-json"
_WITHOUT = "_without_cats"
"""Under which key of its metadata a text keeps that it had no categories, where others of its file had."""


class SpacyTuples(SpanReader, Writer):
    """One list of pairs of a text and its annotations; in spaCy 2 this was how one trained."""

    name = "spacy-json"
    title = "spaCy training tuples (JSON)"
    suffixes = (".json",)
    limits = (
        "Skipped texts are left out. Flags, notes, refused spans, metadata of other programs, and that words or "
        "categories may be unknown have no place in it."
    )

    def recognises(self, sample: Sample) -> Fit:
        """Certain when lists of texts come with entities; an empty list is taken for one of tuples too."""
        if sample.whole and re.fullmatch(r"\s*\[\s*\]\s*", sample.text):
            return Fit.SHAPE
        says_what = _SAYS_WHAT.search(sample.text) is not None
        if not _OPENING.match(sample.text):
            return Fit.CERTAIN if says_what and _ASSIGNMENT.search(sample.text) else Fit.NO
        if says_what:
            return Fit.CERTAIN
        return Fit.SHAPE if re.search(r"""["']\s*,\s*\{""", sample.text) or not sample.whole else Fit.NO

    def records(self, source: Source, receipt: Receipt) -> Iterator[RawText]:
        """Yield a text a record; what is neither JSON nor a Python literal ends the import with an error."""
        text = source.text()
        items = _json_items(text, source.name, receipt) if _is_json(text) else literal_items(text, source.name)
        unchosen, has_cats = UnchosenCategories(), _CATS.search(text) is not None
        for number, item in enumerate(items, start=1):
            record = _record(item, f"{source.name}:{number}", receipt, unchosen, has_cats=has_cats)
            if record is not None:
                yield record
        for name, texts in unchosen.names():
            receipt.fields_dropped[f"cats: {quoted(name)}, which no text has"] += texts

    def write(
        self, stream: BinaryIO, texts: Iterable[AnnotatedText], receipt: ExportReceipt, rules: TokenRules
    ) -> None:
        """Write all texts but the skipped ones, a pair a line, with the metadata that came in pairs."""
        separator = b"[\n"
        for pair in _pairs(texts, receipt):
            stream.write(separator + json.dumps(pair, ensure_ascii=False).encode())
            separator = b",\n"
        stream.write(b"[]\n" if separator == b"[\n" else b"\n]\n")


def _pairs(texts: Iterable[AnnotatedText], receipt: ExportReceipt) -> list[list[Any]]:
    """The texts with their annotations; all of them, because only then all categories are known."""
    pairs: list[list[Any]] = []
    categories = ScoredCategories()
    for number, annotated in enumerate(texts, start=1):
        if annotated.state is TextState.SKIPPED:
            receipt.texts_left_out.add(receipt.place(annotated, number), "the text is skipped")
            continue
        pairs.append([annotated.text, _annotations(annotated)])
        categories.add(annotated)
        receipt.count_written(annotated, len(annotated.spans), _kept(annotated), categories=True)
        receipt.count_unknown(annotated)
    for (_text, annotations), cats in zip(pairs, categories.scores(), strict=True):
        # A text that came without categories, and has none by now, is no text of which they are false.
        if not annotations.pop(_WITHOUT, False) and cats:
            annotations["cats"] = cats
    return pairs


def _is_json(text: str) -> bool:
    """Whether the first record is JSON, or was meant to be: what is not Python either gets JSON's error."""
    opening = text.lstrip()
    if not opening.startswith("["):
        return False
    first = after_spaces(opening, 1)
    if opening.startswith("]", first):
        return True
    try:
        JsonDecoder().value(opening, first)
    except NotJsonError:
        return re.match(r'\[\s*\[\s*"', opening) is not None and not is_python(text)
    return True


def _json_items(text: str, name: str, receipt: Receipt) -> Iterator[object]:
    decoder = JsonDecoder()
    try:
        yield from elements(text, decoder)
    except NotJsonError as error:
        line = text.count("\n", 0, error.position) + 1
        raise UserError(f"{name}:{line} is not JSON: {error}. Mend the file, and import it again.") from error
    if decoder.odd_numbers:
        receipt.remarks.add(name, "a number such as NaN or 1e999 was read as null")


def _record(
    item: object, where: str, receipt: Receipt, unchosen: UnchosenCategories, *, has_cats: bool
) -> RawText | None:
    """The text of a record, or None when it has none that can be kept; ``has_cats``: some of the file have cats."""
    if not isinstance(item, list | tuple) or len(item) != 2 or not isinstance(item[1], dict | None):
        receipt.texts_skipped.add(where, "the record is not a pair of a text and its annotations")
        return None
    problem = text_problem(item[0])
    if problem is not None:
        receipt.texts_skipped.add(where, problem)
        return None
    text, meta = item[0], dict(item[1] or {})
    group = group_to_take(meta)
    entities = meta.pop("entities", None) if group is None else meta[GROUPS][group]
    spans = list(_raw_spans(entities, where, receipt))
    is_without = has_cats and not meta.get("cats")
    categories = take_cats(meta, unchosen)
    complete = isinstance(entities, list | tuple)
    state = TextState.DONE if complete or categories is not None else TextState.TODO
    others = _plain(meta, where, receipt)
    note_span_lists(without_group(others, group), text, where, receipt)
    if group is not None:
        others[TAKEN] = group
    if is_without:
        others[_WITHOUT] = True
    meta = {_KEY: others} if others else {}
    return RawText(where, text, spans, state, meta=meta, complete=complete, categories=categories or ())


def _raw_spans(entities: object, where: str, receipt: Receipt) -> Iterator[RawSpan]:
    if entities is None:
        return
    if not isinstance(entities, list | tuple):
        receipt.spans_lost.add(where, "the entities are not a list")
        return
    for entity in entities:
        if not isinstance(entity, list | tuple) or len(entity) < 3:
            receipt.spans_lost.add(where, "the entity is not [start, end, label]", quoted(entity))
            continue
        if len(entity) > 3:
            receipt.drop_field(where, "entities: what follows after the label")
        yield RawSpan(*entity[:3])


def _plain(meta: dict[Any, Any], where: str, receipt: Receipt) -> dict[str, Any]:
    """The metadata as JSON holds it: Python literals may be sets or bytes, which a project cannot keep."""
    plain: dict[str, Any] = {}
    for key, value in meta.items():
        if isinstance(key, str) and not too_deep(value):
            with suppress(TypeError, ValueError):
                plain[key] = json.loads(json.dumps(value, allow_nan=False))
        if key not in plain:
            receipt.drop_field(where, f"annotations: {quoted(key)}")
    return plain


def _kept(annotated: AnnotatedText) -> tuple[str, ...]:
    """The keys of the metadata that go back to where they came from."""
    return (_KEY,) if isinstance(annotated.meta.get(_KEY), dict) else ()


def _annotations(annotated: AnnotatedText) -> dict[str, Any]:
    brought = annotated.meta[_KEY] if _kept(annotated) else {}
    left_out = ("entities", TAKEN, *([_WITHOUT] if annotated.categories else []))
    others = {key: value for key, value in brought.items() if key not in left_out}
    group = brought.get(TAKEN) if isinstance(brought.get(TAKEN), str) else None
    unseen = annotated.state is TextState.TODO or (annotated.categories and not annotated.complete)
    if unseen and not annotated.spans:
        return without_group(others, group)
    if group is not None:
        return with_group(others, group, annotated)
    return {"entities": [[span.start, span.end, span.label] for span in annotated.spans], **others}


FORMAT = SpacyTuples()
