"""Which of a Label Studio task's annotations and predictions is taken, and what goes with the others."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from gadget_trainer.corpus.records import TextState
from gadget_trainer.formats.cleaning import printable
from gadget_trainer.formats.labelstudio_results import labels_of, results_of, spans_of
from gadget_trainer.formats.notes import counted
from gadget_trainer.formats.receipt import Receipt

Row = dict[str, Any]
ANNOTATIONS = ("annotations", "completions")
_KEPT_OF_ANNOTATION = frozenset({"result", "id", "was_cancelled"})


class Answers(NamedTuple):
    """The annotation or prediction of a task that is taken, and the others that could have been."""

    taken: Row
    """Empty where there is none."""
    others: list[Row]
    predictions: list[Row]
    """Those that gave way to annotations."""
    state: TextState
    """How far the text is."""
    kind: str
    """What the one that is taken is called: ``annotations`` or ``predictions``."""

    def left_behind(self) -> dict[str, int]:
        """How many annotations and predictions of others there are, for what is said when the text goes back."""
        counts = {"annotations": 0, "predictions": len(self.predictions)}
        counts[self.kind] += len(self.others)
        return {name: number for name, number in counts.items() if number}


def answers_of(task: Row) -> Answers:
    """The ground truth is taken, else the newest annotation that was not cancelled, else the newest prediction."""
    answers = [one for key in ANNOTATIONS for one in results_of(task.get(key))]
    valid = [one for one in answers if one.get("was_cancelled") is not True]
    truths = [one for one in valid if one.get("ground_truth") is True]
    predictions = results_of(task.get("predictions"))
    taken = _newest(truths or valid or predictions)
    state = TextState.DONE if valid else TextState.SKIPPED if answers else TextState.TODO
    others = [one for one in valid or predictions if one is not taken]
    kind = "annotations" if valid else "predictions"
    return Answers(taken or {}, others, predictions if valid else [], state, kind)


def count_what_is_not_taken(task: Row, answers: Answers, where: str, receipt: Receipt) -> None:
    """Count the other annotations with their spans, and the fields of a task that have no place in a text."""
    if answers.others:
        spans = sum(map(_number_of_spans, answers.others))
        detail = f"{counted(spans, 'span')} in {counted(len(answers.others), 'other')}"
        receipt.remarks.add(where, "the text has several annotations, of which one was taken", detail)
        for _span in range(spans):
            receipt.drop_field(where, f"{answers.kind}: spans of those that were not taken")
    if answers.predictions:
        receipt.fields_dropped["predictions"] += len(answers.predictions)
    for name in sorted(name for name, value in answers.taken.items() if value and name not in _KEPT_OF_ANNOTATION):
        receipt.drop_field(where, f"{answers.kind}: {printable(name)}")
    for name in sorted(task.keys() - {"data", "id", "predictions", *ANNOTATIONS}):
        receipt.drop_field(where, printable(name))


def _newest(answers: list[Row]) -> Row | None:
    """The one that was updated last, if all say when; else the last of the list, which is in the order of making."""
    times = list(_times(answers))
    if len(times) < len(answers):
        return answers[-1]
    return max(zip(times, range(len(times)), answers, strict=True), default=(None, None, None))[2]


def _times(answers: list[Row]) -> Iterator[datetime]:
    """When each was updated, without those that do not say."""
    for one in answers:
        stated = one.get("updated_at") or one.get("created_at")
        try:
            time = datetime.fromisoformat(stated) if isinstance(stated, str) else None
        except ValueError:
            continue
        if time is not None:
            yield time if time.tzinfo else time.replace(tzinfo=UTC)


def _number_of_spans(answer: Row) -> int:
    """A stretch with several labels is as many spans, and one without labels is one."""
    found = spans_of(results_of(answer.get("result")))
    return sum(max(len(labels_of(value, key)), 1) for _result, value, key in found)
