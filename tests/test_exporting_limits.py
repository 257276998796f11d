"""What a format cannot hold is in the sentence that is shown before anything is written."""

from pathlib import Path

import pytest

from gadget_trainer.corpus.records import AnnotatedText, CategoryScheme, Span, TextState
from gadget_trainer.exporting import targets
from gadget_trainer.formats.writing import write
from gadget_trainer.training.settings import TrainingSettings

TARGETS = targets(TrainingSettings(output=Path("model"), language="xx"), CategoryScheme(("C", "D")))
DONE, TODO, SKIPPED = TextState.DONE, TextState.TODO, TextState.SKIPPED
SPAN = (Span(0, 3, "P"),)
TEXTS = [
    AnnotatedText(
        "Ana lives in Oslo", SPAN, DONE, 1, meta={"k": 1}, flagged=True, note="who?", refused=(Span(13, 17, "X"),)
    ),
    AnnotatedText("Bob lives in Oslo", SPAN, DONE, 2, complete=True, categories=("C",)),
    AnnotatedText("Eve lives in Oslo", (), DONE, 3, complete=True),
    AnnotatedText("Una lives in Oslo", SPAN, TODO, 4),
    AnnotatedText("Zoe lives in Oslo", (Span(0, 2, "P"),), DONE, 5, complete=True),
    AnnotatedText("Kim", (), TODO, 6),
    AnnotatedText("Kim", (), SKIPPED, 7),
]
SAID = {
    "the text is skipped": "skipped texts",
    "the text is to do and has no spans": "texts to do without spans",
    "it has no spans": "texts without spans",
    "nothing can be learned from it": "nothing can be learned from",
    "it cuts a token": "cut a token",
    "that words outside the spans are unknown": "unknown",
    "whether the text is done": "is done",
}
"""How the sentence calls what the receipt of an export names otherwise."""


@pytest.mark.parametrize("target", TARGETS, ids=[one.name for one in TARGETS])
def test_what_a_receipt_counts_was_said_before(target, tmp_path) -> None:
    receipt = write(tmp_path / f"out{(*target.suffixes, '')[0]}", TEXTS, target)
    counted = {*receipt.not_held, *receipt.texts_left_out.reasons, *receipt.spans_lost.reasons}
    unsaid = [one for one in counted if _words(one) not in target.limits.casefold()]
    assert not unsaid, target.limits


def _words(reason: str) -> str:
    return next((words for beginning, words in SAID.items() if reason.startswith(beginning)), reason)
