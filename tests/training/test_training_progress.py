"""The records' few rules."""

import json

from gadget_trainer.training.progress import BatchDone, IterationDone


def test_json_of_an_iteration_has_the_promised_keys():
    record = IterationDone(
        iteration=1,
        iterations=2,
        loss=3.5,
        losses={"ner": 3.5},
        loss_per_1000_words=35.0,
        precision=None,
        recall=0.0,
        f_score=0.0,
        labels=(),
        words_per_second=1000.0,
        seconds=0.1,
        seconds_left=0.1,
        best=True,
    )
    assert list(json.loads(json.dumps(record.to_json(), allow_nan=False))) == [
        "iteration",
        "loss",
        "precision",
        "recall",
        "f_score",
        "words_per_second",
        "seconds",
    ]


def test_fraction_of_a_batch_is_within_its_iteration():
    assert BatchDone(2, 3, 50, 200, None).fraction == 0.25
    assert BatchDone(1, 1, 0, 0, None).fraction == 0.0
