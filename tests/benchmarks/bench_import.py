"""Importing JSONL into a project, beside the least that could be done: srsly's reading and one executemany.

``python tests/benchmarks/bench_import.py [1000000]`` prints the seconds of both, in turns, their ratio, and how much
memory the import took at most over an idle process (both in processes of their own, without the automatic collection of
garbage, as it is while the window lives)."""

import gc
import json
import multiprocessing
import random
import resource
import sqlite3
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from statistics import median

ROUNDS = 3


def written(path: Path, number: int) -> None:
    chance = random.Random(1)
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 9))) for _ in range(5_000)]
    with path.open("w", encoding="utf-8") as stream:
        for at in range(number):
            text = " ".join(chance.choices(words, k=15))
            spans = [{"start": 0, "end": text.index(" "), "label": "GADGET"}] if at % 4 == 2 else []
            row = {"text": text, "spans": spans, "answer": "accept", "meta": {"source": "posts", "number": at}}
            stream.write(json.dumps(row) + "\n")


def least(path: Path, target: Path) -> None:
    import srsly

    connection = sqlite3.connect(target)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE text (id INTEGER PRIMARY KEY, content, state, source, meta)")
    connection.execute("CREATE TABLE span (id INTEGER PRIMARY KEY, text_id, start, end, label)")
    rows = enumerate(srsly.read_jsonl(path))
    while batch := list(islice(rows, 1000)):
        texts = [(at, row["text"], row["answer"], f"{path.name}:{at}", json.dumps(row["meta"])) for at, row in batch]
        connection.executemany("INSERT INTO text VALUES (?, ?, ?, ?, ?)", texts)
        spans = [(at, span["start"], span["end"], span["label"]) for at, row in batch for span in row["spans"]]
        connection.executemany("INSERT INTO span (text_id, start, end, label) VALUES (?, ?, ?, ?)", spans)
    connection.commit()
    connection.close()


def ours(path: Path, target: Path) -> None:
    from gadget_trainer.corpus.project import Project
    from gadget_trainer.formats.reading import read_files

    project = Project.create(target)
    project.imports.add_texts(read_files([path]).texts(), path.name)
    project.close()


def measured(work: object, path: Path, target: Path, answer: "multiprocessing.Queue[tuple[float, float]]") -> None:
    import srsly  # noqa: F401 - as an idle process has it

    import gadget_trainer.corpus.project
    import gadget_trainer.formats.reading

    gadget_trainer.formats.registry.formats()
    gc.set_threshold(0)
    idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.perf_counter()
    work(path, target)
    seconds = time.perf_counter() - begun
    answer.put((seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - idle) / 1024))


def alone(work: object, path: Path, target: Path) -> tuple[float, float]:
    """Seconds and megabytes of the work in a process of its own."""
    context = multiprocessing.get_context("spawn")
    answer = context.Queue()
    process = context.Process(target=measured, args=(work, path, target, answer))
    process.start()
    found = answer.get(timeout=3600)
    process.join()
    return found


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "posts.jsonl"
        written(path, number)
        ratios = []
        for at in range(ROUNDS):
            simple, _megabytes = alone(least, path, Path(folder) / f"least_{at}.db")
            seconds, megabytes = alone(ours, path, Path(folder) / f"ours_{at}.gadget")
            ratios.append(seconds / simple)
            print(
                f"srsly and executemany {simple:6.1f} s, import {seconds:6.1f} s, ratio {ratios[-1]:.2f}, "
                f"at most {megabytes:.0f} MB over idle"
            )
        print(f"median ratio {median(ratios):.2f}")


if __name__ == "__main__":
    main()
