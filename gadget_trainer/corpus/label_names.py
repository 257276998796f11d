"""What a label may be called: one place for the window, which asks while one types, and for the edits."""

from collections.abc import Collection


def problem_with_name(name: str, taken: Collection[str] = ()) -> str:
    """What speaks against the name, in one or two sentences; empty where nothing does.

    Spaces around the name do not count. ``taken`` are the names of the other labels.
    """
    name = name.strip()
    if not name:
        return "A label needs a name. Type one, as in PERSON."
    if name.startswith("!"):
        return "A label cannot start with “!”: spaCy reads that as “not this label”."
    if name in taken:
        return f"There is a label {name} already. Choose another name."
    return ""
