"""What a receipt would say, in a few lines: the commonest reasons of each kind, for the preview of an import."""

from collections import Counter
from collections.abc import Iterator

from gadget_trainer.formats.notes import Notes, counted
from gadget_trainer.formats.receipt import Receipt

_SHOWN_REASONS = 3
_SHOWN_CATEGORIES = 8


def preview_notes(receipt: Receipt, categories: Counter[str]) -> tuple[str, ...]:
    """What is worth a note, with how many texts have each category."""
    return (*_categories(categories), *_examples(receipt), *_reasons(receipt))


def _categories(counts: Counter[str]) -> Iterator[str]:
    if counts:
        named = ", ".join(f"{name} ({number:,})" for name, number in counts.most_common(_SHOWN_CATEGORIES))
        more = len(counts) - _SHOWN_CATEGORIES
        yield f"Categories: {named}" if more <= 0 else f"Categories: {named} and {more:,} more"


def _examples(receipt: Receipt) -> Iterator[str]:
    if receipt.examples:
        words = sum(map(len, receipt.examples.values()))
        yield f"{counted(words, 'example')} of {counted(len(receipt.examples), 'label')}"


def _reasons(receipt: Receipt) -> Iterator[str]:
    kinds: tuple[tuple[str, Notes], ...] = (
        ("Without a usable text", receipt.texts_skipped),
        ("Repaired", receipt.spans_repaired),
        ("Lost", receipt.spans_lost),
        ("Left out", receipt.spans_left_out),
        ("Renamed", receipt.labels_changed),
        ("Categories lost", receipt.categories_lost),
        ("Worth a look", receipt.remarks),
    )
    for heading, notes in kinds:
        for reason, number in notes.reasons.most_common(_SHOWN_REASONS):
            yield f"{heading}: {reason}" if number == 1 else f"{heading}: {reason} ({number:,} times)"
        if len(notes.reasons) > _SHOWN_REASONS:
            yield f"{heading}: for {len(notes.reasons) - _SHOWN_REASONS:,} further reasons"
