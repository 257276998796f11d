"""What labels and categories have in common: each is a row with a name, a colour, a place and a key."""

from collections.abc import Sequence

from sqlalchemy import Connection, Table, func, select

from gadget_trainer.corpus import schema
from gadget_trainer.corpus.journal import next_id
from gadget_trainer.corpus.palette import next_colour
from gadget_trainer.corpus.row_changes import Row, RowChange


def new_row(connection: Connection, table: Table, name: str, colour: str | None = None) -> Row:
    """The row of a label or category to be inserted: the next id, the last place, a colour not yet used."""
    used = connection.scalars(select(table.c.colour)).all()
    last = connection.scalar(select(func.max(table.c.position)))
    return {
        "id": next_id(connection, table),
        "name": name,
        "colour": colour or next_colour(used),
        "position": 0 if last is None else last + 1,
    }


def row_of(connection: Connection, table: Table, row_id: int) -> Row | None:
    """The row of that id; None where there is none."""
    found = connection.execute(select(table).where(table.c.id == row_id)).mappings().one_or_none()
    return None if found is None else dict(found)


def rows_in_order(connection: Connection, table: Table) -> dict[int, Row]:
    """The rows by their ids, in the person's order."""
    query = select(table).order_by(table.c.position, table.c.id)
    return {row["id"]: dict(row) for row in connection.execute(query).mappings()}


def reordering(connection: Connection, table: Table, ids: Sequence[int]) -> list[RowChange]:
    """What puts the rows into this order; those that are not named come after."""
    rows = rows_in_order(connection, table)
    order = [*(one for one in ids if one in rows), *(one for one in rows if one not in set(ids))]
    return [
        RowChange(table.name, one, rows[one], {**rows[one], "position": place})
        for place, one in enumerate(order)
        if rows[one]["position"] != place
    ]


def holders_of_keys(connection: Connection, table: Table, own_id: int) -> dict[str, str]:
    """What the keys of labels and categories do, but for those of one row, as in ``chooses BRAND``."""
    found: dict[str, str] = {}
    for other in (schema.label, schema.category):
        query = select(other.c.key, other.c.name).where(other.c.key != "")
        if other is table:
            query = query.where(other.c.id != own_id)
        found |= {row.key: f"chooses {row.name}" for row in connection.execute(query)}
    return found


def summary_of_change(old: Row, new: Row) -> str:
    """What became another, in the past tense."""
    other = {name for name in new if new[name] != old[name]}
    if "name" in other:
        return f"Renamed {old['name']} to {new['name']}"
    if other == {"colour"}:
        return f"Recoloured {new['name']}"
    return f"{'Described' if other <= {'description', 'examples'} else 'Changed'} {new['name']}"
