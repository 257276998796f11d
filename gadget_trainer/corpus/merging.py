"""Two labels become one, with all their spans, as one operation of the journal."""

from collections.abc import Iterator

from sqlalchemy import Connection

from gadget_trainer.corpus import bulk, schema
from gadget_trainer.corpus.journal import Journal, next_id
from gadget_trainer.corpus.row_changes import Row, RowChange


def merge(connection: Connection, journal: Journal, operation_id: int, gone: Row, stays: Row) -> Iterator[float]:
    """Give the spans and refusals of the label ``gone`` to the label ``stays`` (rows of the table of labels).

    It does so as it is iterated, and yields how far it is (0 to 1).
    What stays is as new as the newer of the two: a text that was done before one of them existed was never read for
    it, so it must not count as complete for both. Where the newer one is ``gone``, it takes the other's place.
    """
    if gone["id"] > stays["id"]:
        merged = {**stays, "id": gone["id"]}
        yield from _hand_over(connection, operation_id, stays["id"], gone["id"])
        # Names are unique: the old owner of the name goes first.
        changes = [RowChange("label", stays["id"], stays, None), RowChange("label", gone["id"], gone, merged)]
    else:
        yield from _hand_over(connection, operation_id, gone["id"], stays["id"])
        changes = [RowChange("label", gone["id"], gone, None)]
    journal.apply(connection, operation_id, changes)


def _hand_over(connection: Connection, operation_id: int, giver: int, taker: int) -> Iterator[float]:
    tables, new = (schema.span, schema.refusal), {"label_id": taker}
    firsts = [next_id(connection, table) for table in tables]
    return bulk.in_turn(
        *(
            bulk.replacement(connection, operation_id, table, table.c.label_id == giver, first, new)
            for table, first in zip(tables, firsts, strict=True)
        )
    )
