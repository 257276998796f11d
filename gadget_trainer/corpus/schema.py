"""The tables of a project file, described with SQLAlchemy Core so that another database can hold them.

Every table that a person's work lives in has an integer ``id``; the journal speaks of rows by table and id.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

VERSION = 1
"""The layout below. A file with a lower number is migrated, one with a higher number is refused."""

metadata = MetaData()

project = Table(
    "project",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", JSON),
)
"""Facts about the project as a whole: ``schema_version``, ``language``, ``base``, training settings."""

label = Table(
    "label",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("colour", String, nullable=False),
    Column("position", Integer, nullable=False),
)

text = Table(
    "text",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("content", Text, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("flagged", Boolean, nullable=False),
    # The highest label id that existed when the text was marked done: it is complete for those labels.
    Column("done_through", Integer, nullable=True),
    Column("source", String, nullable=False),
    Column("meta", JSON, nullable=False),
)

span = Table(
    "span",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("text_id", ForeignKey("text.id"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("label_id", ForeignKey("label.id"), nullable=False, index=True),
    Column("made_by", String, nullable=False),
    Index("span_of_text", "text_id", "start"),
)

operation = Table(
    "operation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Float, nullable=False),  # seconds since 1970, UTC
    Column("summary", String, nullable=False),
    Column("text_id", Integer, nullable=True),  # the text to show when it is undone
    Column("status", String, nullable=False, index=True),  # done, undone, or dropped by a later edit
)

change = Table(
    "change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("operation_id", ForeignKey("operation.id"), nullable=False, index=True),
    Column("table_name", String, nullable=False),
    Column("row_id", Integer, nullable=False),
    Column("before", JSON(none_as_null=True), nullable=True),  # the row, or null where there was none
    Column("after", JSON(none_as_null=True), nullable=True),
    # An import's rows row_id to last_id: they are their own record until it is undone.
    Column("last_id", Integer, nullable=True),
    Index("change_of_row", "table_name", "row_id"),
    Index("change_to_row", "table_name", "last_id"),
)

JOURNALLED = {table.name: table for table in (label, text, span)}
"""The tables that only the journal changes. Order matters: rows are inserted in this order."""
