"""The command line: open the window, or import, export, train and package without one.

The exit status is 0 when it is done and 2 for what the person can mend, with one line on standard error.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from gadget_trainer import __version__
from gadget_trainer.errors import UserError
from gadget_trainer.training.settings import TrainingSettings

_WINDOW_HELP = "Without one of these commands, the window opens, on PROJECT where it is given."


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}. Try {self.prog} --help.\n")


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments say; gives the exit status."""
    commands: dict[str, Callable[[Sequence[str]], int]] = {
        "import": _import,
        "export": _export,
        "train": _train,
        "package": _package,
    }
    try:
        if arguments and arguments[0] in commands:
            return commands[arguments[0]](arguments[1:])
        return _window(arguments)
    except UserError as error:
        print(" ".join(str(error).splitlines()), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped. Nothing was changed by the step that was under way.", file=sys.stderr)
        return 2


def _window(arguments: Sequence[str]) -> int:
    parser = _Parser(
        prog="gadget-trainer",
        description="Highlight entity spans in your texts, press Train, and keep a spaCy pipeline in a folder.",
        epilog=f"Commands: import, export, train, package. {_WINDOW_HELP}",
    )
    parser.add_argument("project", nargs="?", type=Path, metavar="PROJECT", help="a project file, *.gadget")
    parser.add_argument("--sample", action="store_true", help="open a new project with the sample texts")
    parser.add_argument("--version", action="version", version=f"gadget-trainer {__version__}")
    options = parser.parse_args(arguments)
    from gadget_trainer.screen import check_screen

    check_screen()
    from gadget_trainer.app import run

    return run(options.project, sample=options.sample)


def _import(arguments: Sequence[str]) -> int:
    parser = _Parser(prog="gadget-trainer import", description="Import files into a project, and print the receipt.")
    parser.add_argument("project", type=Path, metavar="PROJECT", help="the project; a new one where there is none")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--format", metavar="NAME", help="instead of the one that the content shows")
    parser.add_argument("--json", action="store_true", help="print the receipt as JSON")
    options = parser.parse_args(arguments)
    from gadget_trainer.commands import import_files

    return import_files(options.project, options.files, options.format, as_json=options.json)


def _export(arguments: Sequence[str]) -> int:
    parser = _Parser(prog="gadget-trainer export", description="Export a project's texts to a file.")
    parser.add_argument("project", type=Path, metavar="PROJECT")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--format", metavar="NAME", help="instead of the one that the file's ending says")
    parser.add_argument("--language", default=None, help="cuts the texts into tokens where the format needs them")
    parser.add_argument("--json", action="store_true", help="print the receipt as JSON")
    options = parser.parse_args(arguments)
    from gadget_trainer.commands import export_file

    return export_file(options.project, options.file, options.format, options.language, as_json=options.json)


def _train(arguments: Sequence[str]) -> int:
    default = TrainingSettings(output=Path("model"))
    parser = _Parser(prog="gadget-trainer train", description="Train on a project, or on a file of annotated texts.")
    parser.add_argument("source", nargs="?", type=Path, metavar="PROJECT_OR_FILE")
    parser.add_argument("--output", type=Path, metavar="FOLDER", help="where the pipeline is saved")
    parser.add_argument(
        "--resume", type=Path, metavar="FOLDER", help="go on with the run to this output folder that was broken off"
    )
    parser.add_argument("--iterations", type=int, default=None, help="default: by the number of words")
    parser.add_argument("--base", default=default.base, metavar="MODEL", help="a pipeline to continue from")
    parser.add_argument("--language", default=default.language, help="default: %(default)s")
    parser.add_argument("--batch-size", type=int, default=default.batch_size, help="in words; 0: by the corpus")
    parser.add_argument("--compounding", action="store_true", help="batches begin at a tenth and grow")
    parser.add_argument("--dropout", type=float, default=default.dropout, help="default: %(default)s")
    parser.add_argument("--held-out", type=float, default=default.held_out, help="share, default: %(default)s")
    parser.add_argument("--seed", type=int, default=default.seed, help="default: %(default)s")
    parser.add_argument("--patience", type=int, default=default.patience, help="iterations without a better score")
    parser.add_argument("--evaluate-every", type=int, default=default.evaluate_every, help="iterations a score")
    parser.add_argument("--accumulate", type=int, default=default.accumulate, help="parts of a batch before a step")
    parser.add_argument("--no-mix-in", action="store_true", help="let a base forget what it knew")
    parser.add_argument(
        "--mix-in-amount", type=float, default=default.mix_in_amount, help="words for each annotated word"
    )
    parser.add_argument("--mix-in-file", default=default.mix_in_file, metavar="FILE", help="texts, one a line")
    parser.add_argument("--json", action="store_true", help="print a JSON object an iteration")
    options = parser.parse_args(arguments)
    from gadget_trainer.commands import resume, train

    if options.resume is not None:
        return resume(options.source, options.resume, as_json=options.json)
    if options.source is None or options.output is None:
        parser.error("a project or a file and --output are needed")
    settings = TrainingSettings(
        output=options.output,
        base=options.base,
        language=options.language,
        iterations=options.iterations if options.iterations is not None else default.iterations,
        batch_size=options.batch_size,
        compounding=options.compounding,
        dropout=options.dropout,
        held_out=options.held_out,
        seed=options.seed,
        mix_in=not options.no_mix_in,
        patience=options.patience,
        evaluate_every=options.evaluate_every,
        accumulate=options.accumulate,
        mix_in_amount=options.mix_in_amount,
        mix_in_file=options.mix_in_file,
    )
    return train(options.source, settings, suggest=options.iterations is None, as_json=options.json)


def _package(arguments: Sequence[str]) -> int:
    parser = _Parser(
        prog="gadget-trainer package", description="Write a saved pipeline as a wheel for pip, without its texts."
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the pipeline's")
    parser.add_argument("--output", type=Path, default=None, metavar="FOLDER", help="default: beside the pipeline")
    options = parser.parse_args(arguments)
    from gadget_trainer.commands import package

    return package(options.folder, options.output)
