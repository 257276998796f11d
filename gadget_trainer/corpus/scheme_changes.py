"""What a label scheme changes in a project that has labels of its own: labels of one name become one."""

from collections.abc import Collection, Mapping, Sequence

from gadget_trainer.corpus.palette import next_colour
from gadget_trainer.corpus.records import Label
from gadget_trainer.corpus.row_changes import Row, RowChange


def scheme_changes(
    rows: Mapping[str, Row], scheme: Sequence[Label], taken_keys: Collection[str], first_id: int
) -> tuple[str, list[RowChange]]:
    """A summary in the past tense, and the changes of ``rows`` (labels by name, in order) that a scheme makes.

    New labels have ids from ``first_id`` on. What the scheme leaves empty stays. Its labels come first, in its order.
    """
    names = {label.name for label in scheme}
    outside = {row["key"] for name, row in rows.items() if name not in names and row["key"]} | set(taken_keys)
    keys = {label.name: label.key for label in scheme if label.key and label.key not in outside}
    colours = {row["colour"] for row in rows.values()} | {label.colour for label in scheme if label.colour}
    after: list[Row] = []
    for label in scheme:
        colour = label.colour or (rows[label.name]["colour"] if label.name in rows else next_colour(colours))
        colours.add(colour)
        if label.name in rows:
            after.append(_merged(rows[label.name], label, colour, keys))
        else:
            new_id = first_id + sum(row["id"] >= first_id for row in after)
            after.append(_new(label, new_id, colour, keys))
    after += [row for name, row in rows.items() if name not in names]
    placed = [{**row, "position": place} for place, row in enumerate(after)]
    changes = [
        RowChange("label", row["id"], rows.get(row["name"]), row) for row in placed if rows.get(row["name"]) != row
    ]
    left_out = sum(bool(label.key) and label.key not in keys.values() for label in scheme)
    return _summary(changes, left_out), changes


def _merged(old: Row, label: Label, colour: str, keys: Mapping[str, str]) -> Row:
    kept_key = old["key"] if old["key"] not in keys.values() else ""
    return {
        **old,
        "colour": colour,
        "description": label.description or old["description"],
        "examples": list(label.examples) or old["examples"],
        "key": keys.get(label.name, kept_key),
    }


def _new(label: Label, label_id: int, colour: str, keys: Mapping[str, str]) -> Row:
    return {
        "id": label_id,
        "name": label.name,
        "colour": colour,
        "position": 0,
        "description": label.description,
        "examples": list(label.examples),
        "key": keys.get(label.name, ""),
    }


def _summary(changes: Sequence[RowChange], left_out: int) -> str:
    added = sum(one.before is None for one in changes)
    changed = sum(_is_other(one) for one in changes)
    taken = f"; {left_out:,} {'key was' if left_out == 1 else 'keys were'} taken already" if left_out else ""
    return f"Imported a label scheme: {added:,} added, {changed:,} changed{taken}"


def _is_other(one: RowChange) -> bool:
    """Whether more than the place of a label changed."""
    before, after = one.before, one.after
    return before is not None and after is not None and {**before, "position": 0} != {**after, "position": 0}
