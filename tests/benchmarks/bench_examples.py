"""How long the examples of labels are looked for in many texts, and labelled. Run by hand.

    python tests/benchmarks/bench_examples.py [TEXTS] [EXAMPLES]

2,000 examples of 20 labels in 100,000 texts of about 100 characters, unless other numbers are given.
"""

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from gadget_trainer.corpus.matches import Match, WantedExamples
from gadget_trainer.corpus.outcomes import Outcome
from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText

LABELS = 20


def main() -> None:
    texts, examples = (int(given) for given in [*sys.argv[1:], *("100000", "2000")[len(sys.argv) - 1 :]][:2])
    chance = random.Random(1)
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 9))) for _ in range(50_000)]
    weights = list(accumulate(1 / (rank + 1) for rank in range(len(words))))

    def phrase(length: int) -> str:
        return " ".join(chance.choices(words, cum_weights=weights, k=length))

    by_label = {f"LABEL {number}": [] for number in range(LABELS)}
    for number in range(examples):
        by_label[f"LABEL {number % LABELS}"].append(chance.choice(words) if number % 2 else phrase(2))

    def posts() -> Iterator[AnnotatedText]:
        for _ in range(texts):
            yield AnnotatedText(phrase(16))

    with tempfile.TemporaryDirectory() as folder:
        project = Project.create(Path(folder) / "examples.gadget")
        for label in by_label:
            project.labels.add(label)
        project.imports.add_texts(posts(), "posts")
        for same_case, whole_words in ((False, True), (True, True), (False, False)):
            wanted = WantedExamples(by_label, same_case=same_case, whole_words=whole_words)
            measure(project, wanted)
        project.close()


def measure(project: Project, wanted: WantedExamples) -> None:
    """Print how long the search takes, its longest slice, and how long its matches are labelled."""
    begun = last = time.perf_counter()
    found: list[Match] = []
    longest = 0.0
    for _share, matches in project.matches.find(wanted):
        found += matches
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    seconds = last - begun
    outcome = next(one for one in project.matches.label_steps(found) if isinstance(one, Outcome))
    labelling = time.perf_counter() - last
    project.journal.undo()
    how = f"same case {wanted.same_case!s:5}  whole words {wanted.whole_words!s:5}"
    print(f"{how}  found {len(found):9,} in {seconds:6.2f} s, a slice in at most {longest * 1000:4.0f} ms")
    print(f"{'':34}{outcome.summary} in {labelling:.2f} s", flush=True)


if __name__ == "__main__":
    main()
