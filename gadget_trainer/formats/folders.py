"""What is to be read of paths that were chosen or dropped: folders are looked through, and nothing is passed over."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from gadget_trainer.formats.reading import FileChoice, Unread
from gadget_trainer.formats.registry import readers

MOST_FILES = 10_000
"""Files of one folder that are read: a folder with more is more likely a mistake, such as somebody's home."""


def files_in(paths: Iterable[Path], format_name: str | None = None) -> tuple[list[FileChoice], list[Unread]]:
    """The files to read, in the order of their names within each folder, and those that cannot be, with the reason.

    Files that were named themselves are all to be read, whatever is wrong with them. A folder that is one thing to a
    format is one of the files; what belongs to it is not read a second time.
    """
    choices: list[FileChoice] = []
    unread: list[Unread] = []
    for path in dict.fromkeys(paths):
        found = _found_in(path) if path.is_dir() else [FileChoice(path)]
        for one in found:
            if isinstance(one, FileChoice):
                choices.append(replace(one, format_name=format_name))
            else:
                unread.append(one)
    return choices, unread


def _found_in(folder: Path) -> Iterator[FileChoice | Unread]:
    owner = next((each for each in readers() if each.reads_folder(folder)), None)
    taken: set[Path] = set()
    if owner is not None:
        taken.update(owner.files_of(folder))
        yield FileChoice(folder)
    others = sorted(path for path in folder.rglob("*") if path not in taken and not path.is_dir())
    within = [path for path in others if not _is_hidden(path, folder)]
    for path in within[:MOST_FILES]:
        reason = _reason_to_skip(path, folder)
        name = path.relative_to(folder.parent).as_posix()
        yield Unread(name, reason) if reason else FileChoice(path, name, whole_texts=True)
    if len(within) > MOST_FILES:
        reason = f"Of a folder, the first {MOST_FILES:,} files are read. Import the others by themselves."
        yield Unread(f"{len(within) - MOST_FILES:,} more files in {folder.name}", reason)
    if len(within) < len(others):
        number = len(others) - len(within)
        files = "A hidden file" if number == 1 else f"{number:,} hidden files"
        yield Unread(f"{files} in {folder.name}", "What is hidden in a folder is not imported.")
    if not others and owner is None:
        yield Unread(folder.name, "The folder is empty.")


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _reason_to_skip(path: Path, folder: Path) -> str:
    if not path.resolve().is_relative_to(folder.resolve()):
        return "It is a link that leads out of the folder."
    return "" if path.is_file() else "It is no file that can be read."
