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

VERSION = 4
"""The layout below. A file with a lower number is migrated (see migration.py), one with a higher number is refused."""

metadata = MetaData()

project = Table(
    "project",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", JSON),
)
"""Facts about the project as a whole: ``schema_version``, ``language``, ``base``, training settings."""

SPLITS = "splits"
"""The key of the words that are always split: a setting that the journal changes."""
GUIDELINES = "guidelines"
"""The key of the guidelines, another one."""

label = Table(
    "label",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("colour", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("description", Text, nullable=False, default="", server_default=""),
    Column("examples", JSON, nullable=False, default=list, server_default="[]"),  # strings
    Column("key", String, nullable=False, default="", server_default=""),  # that chooses it; empty: its place's digit
)

category = Table(
    "category",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("colour", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("description", Text, nullable=False, default="", server_default=""),
    Column("key", String, nullable=False, default="", server_default=""),
)
"""The labels of whole texts. Whether a text has at most one of them is the setting ``exclusive_categories``, which the
journal changes: undoing its change brings back a project whose texts may have several."""

text = Table(
    "text",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("content", Text, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("flagged", Boolean, nullable=False),
    # The text is complete for the labels up to this id: those that existed when it was marked done, or that
    # the file it came from knew.
    Column("done_through", Integer, nullable=True),
    Column("source", String, nullable=False),
    Column("meta", JSON, nullable=False),
    Column("note", Text, nullable=False, default="", server_default=""),  # the person's own
    # What is said of the text's categories holds for those up to this id, in the same way.
    Column("decided_through", Integer, nullable=True),
)
Index("flagged_text", text.c.id, sqlite_where=text.c.flagged.is_(True))
"""Of a million texts few are flagged: to count them, not all need be read."""


def _of_spans(name: str) -> Table:
    """A table whose rows are parts of texts with a label."""
    return Table(
        name,
        metadata,
        Column("id", Integer, primary_key=True),
        Column("text_id", ForeignKey("text.id"), nullable=False),
        Column("start", Integer, nullable=False),
        Column("end", Integer, nullable=False),
        Column("label_id", ForeignKey("label.id"), nullable=False, index=True),
        Column("made_by", String, nullable=False),
        Index(f"{name}_of_text", "text_id", "start"),
    )


span = _of_spans("span")

refusal = _of_spans("refusal")
"""Spans that a person said are wrong: a model's suggestion or a match that was refused, a rejected answer of a file."""

text_category = Table(
    "text_category",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("text_id", ForeignKey("text.id"), nullable=False, index=True),
    Column("category_id", ForeignKey("category.id"), nullable=False, index=True),
    Column("made_by", String, nullable=False),
)

run = Table(
    "run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("began", Float, nullable=False),  # seconds since 1970, UTC
    Column("ended", Float, nullable=True),
    Column("status", String, nullable=False),  # running, saved, discarded, failed
    Column("settings", JSON, nullable=False),
    Column("iterations", JSON, nullable=False),  # what each iteration reported
    Column("outcome", JSON, nullable=False),  # the folder, the texts held out, the fingerprint of the data, versions
)
"""The training runs of the project. They are kept and not undone."""

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
    # Many rows at once, from row_id to last_id, "inserted" or "deleted": see bulk.py. Null for a single row.
    Column("bulk", String, nullable=True),
    Column("last_id", Integer, nullable=True),
    Index("change_of_row", "table_name", "row_id"),
    Index("change_to_row", "table_name", "last_id"),
)

JOURNALLED = {table.name: table for table in (label, category, text, span, refusal, text_category)}
"""The tables that only the journal changes. Order matters: rows are inserted in this order."""


def _copy_of(table: Table) -> Table:
    change_id: Column[int] = Column("change_id", ForeignKey("change.id"), primary_key=True)
    columns = (
        Column(one.name, one.type, primary_key=one.primary_key, server_default=one.server_default)
        for one in table.columns
    )
    return Table(f"bulk_{table.name}", metadata, change_id, *columns)


BULK = {name: _copy_of(table) for name, table in JOURNALLED.items()}
"""The rows of bulk changes, with the change that they belong to. Columns, not JSON: copied within the database,
a hundred thousand rows take a second, and a text with a NUL, which SQLite's JSON loses, comes back whole."""
