"""spaCy, imported safely by whichever thread comes first."""


def import_spacy() -> None:
    """Import spaCy, or wait until another thread has. Call it before a thread imports what imports parts of spaCy.

    Two threads that begin with different modules of a package wait for each other's module locks; Python breaks that
    deadlock by handing out a module that is not complete, and one of them ends with "partially initialized module". A
    thread that begins with the package as a whole holds the only lock that the other one asks for.
    """
    # Two seconds, which importing this module must not take.
    import spacy  # noqa: F401, PLC0415
