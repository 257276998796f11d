"""spaCy, imported safely by whichever thread comes first, and piecemeal by one that gives way."""

import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module

_BEHIND = (
    "numpy",
    "srsly",
    "pydantic",
    "confection",
    "thinc.model",
    "thinc.api",
    "requests",
    "httpx",
    "rich.console",
    "typer",
    "jinja2",
    "weasel",
)
"""What spaCy itself imports first and longest, each a tenth of the whole at the most; none of it imports spaCy."""


def is_spacy_imported() -> bool:
    """Whether it is all there."""
    return hasattr(sys.modules.get("spacy"), "blank")  # which it defines when it has imported the rest


def import_spacy() -> None:
    """Import spaCy, or wait until another thread has. Call it before a thread imports what imports parts of spaCy.

    Two threads that begin with different modules of a package wait for each other's module locks; Python breaks that
    deadlock by handing out a module that is not complete, and one of them ends with "partially initialized module". A
    thread that begins with the package as a whole holds the only lock that the other one asks for.
    """
    # Two seconds, which importing this module must not take.
    import spacy  # noqa: F401, PLC0415


def import_spacy_in_parts() -> Iterator[None]:
    """The same, with pauses in which a thread can be told to go on later: what was imported so far stays."""
    for name in _BEHIND:
        with suppress(ImportError):  # another version of spaCy may do without; what it needs, it will miss itself
            import_module(name)
        yield
    import_spacy()
