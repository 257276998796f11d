"""Every reader on very many damaged files: texts, or a sentence that names the file; nothing else, and never for long.

``python tests/benchmarks/fuzz_readers.py [CASES [READER…]]`` prints a line a reader: cases, seconds, the slowest case
in milliseconds of the processor, and the most memory so far. Hypothesis does the same in the suite with fewer cases,
and finds the smallest one; this does a thousand cases a second."""

import random
import resource
import sys
import tempfile
import time
import warnings
from contextlib import suppress
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "formats"))

import docx
import openpyxl
from test_damaged_files import _MORE_PIECES, _PIECES, DATA, OF_READERS, read_or_refused
from test_documents import pdf

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.errors import UserError
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.registry import recognise
from gadget_trainer.formats.writing import write_file

PIECES = [b"\xff", b"\0", *(piece.encode() for piece in (*_PIECES, *_MORE_PIECES))]


def seeds(folder: Path) -> dict[str, list[bytes]]:
    """Files to damage, by the name of their reader: those of the tests, and the excerpts of real ones."""
    found = {name: [content] for name, content in OF_READERS.items()}
    for path in sorted(DATA.rglob("*")):
        if path.is_file() and path.stat().st_size < 30_000 and path.suffix not in (".md", ".py", ""):
            with suppress(UserError):
                found.setdefault(recognise(path).name, []).append(path.read_bytes())
    document, book = docx.Document(), openpyxl.Workbook()
    document.add_paragraph("🙂 Ana")
    document.add_table(rows=1, cols=2)
    book.active.append(["text", "label"])
    book.active.append(["Ana", "A"])
    for name, made in (("docx", document), ("xlsx", book)):
        stream = BytesIO()
        made.save(stream)
        found[name] = [stream.getvalue()]
    found["pdf"] = [pdf("Ana moved.", "Ben")]
    done = AnnotatedText("🙂 Ana left.", (Span(2, 5, "P"),), TextState.DONE, complete=True, categories=("A",))
    write_file(folder / "a.spacy", [done])
    write_file(folder / "a.zip", [done], "brat")
    found["spacy"] = [(folder / "a.spacy").read_bytes()]
    found["brat"].append((folder / "a.zip").read_bytes())
    return found


def damaged(chance: random.Random, content: bytes) -> bytes:
    """The content with a few pieces put in, taken out or doubled; now and then bytes that mean nothing at all."""
    if chance.random() < 0.1:
        return chance.randbytes(chance.randint(0, 80))
    if len(content) > 3000 and chance.random() < 0.7:
        at = chance.randrange(len(content) - 2000)
        content = content[at : at + 2000] if chance.random() < 0.3 else content[: at + 2000]
    for _ in range(chance.randint(1, 4)):
        start = chance.randint(0, len(content))
        end = start + chance.choice((0, 0, 1, 1, 2, 5, 40))
        piece = chance.choice(PIECES) if chance.random() < 0.7 else chance.randbytes(chance.randint(1, 3))
        if chance.random() < 0.1:
            at = chance.randint(0, len(content))
            piece = content[at : at + 60]
        content = content[:start] + piece + content[end:]
    return content


def main() -> None:
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "case.txt").write_text("🙂 Ana\nRuiz moved to Oslo.", "utf-8")
        found = seeds(folder)
        found["txt-file"] = found["txt"]
        for reader in sys.argv[2:] or sorted(found):
            fuzz(folder, reader, found[reader], cases)


def fuzz(folder: Path, reader: str, contents: list[bytes], cases: int) -> None:
    chance = random.Random(reader)
    slowest = 0.0
    begun = time.perf_counter()
    for _ in range(cases):
        content = damaged(chance, chance.choice(contents))
        offsets = chance.choice([None, None, *Reading])
        since = time.process_time()
        try:
            read_or_refused(folder / "case.ann", content, chance.choice([reader, reader, None]), offsets)
        except BaseException:
            kept = Path.cwd() / "fuzz_case"
            kept.write_bytes(content)
            print(f"{reader}: fails at the file that is now {kept}, offsets {offsets}")
            raise
        slowest = max(slowest, time.process_time() - since)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = time.perf_counter() - begun
    print(
        f"{reader:14} {cases:9,} cases in {seconds:6.0f} s, slowest {slowest * 1000:7.1f} ms, most {peak:5.0f} MB",
        flush=True,
    )


if __name__ == "__main__":
    main()
