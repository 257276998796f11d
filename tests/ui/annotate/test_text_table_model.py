"""The table of texts reads rows only where somebody looks."""

from array import array

import pytest
from PySide6.QtCore import QModelRoleData, QModelRoleDataSpan, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QTableView

from gadget_trainer.corpus.queries import TextRow
from gadget_trainer.corpus.records import TextState
from gadget_trainer.ui.annotate.text_table_model import SPANS, STATE, TEXT, TextTableModel

ROLE = Qt.ItemDataRole


class Queries:
    """Rows for any ids, and which were asked for."""

    def __init__(self):
        self.asked = []
        self.flagged = set()

    def rows(self, text_ids):
        self.asked.append((text_ids[0], text_ids[-1]))
        return [self.row(one) for one in text_ids]

    def row(self, text_id):
        state = (TextState.TODO, TextState.DONE, TextState.SKIPPED)[text_id % 3]
        return TextRow(text_id, f"text\n  {text_id}", state, text_id in self.flagged, text_id % 2)


@pytest.fixture
def queries():
    return Queries()


@pytest.fixture
def model(qapp, queries):
    model = TextTableModel(queries)
    model.show(array("q", range(1, 2001)))
    return model


def test_the_model_keeps_to_qts_rules(qapp, queries):
    model = TextTableModel(queries)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for ids in (range(1, 2001), range(0), range(5, 8)):
        model.show(array("q", ids))
        assert model.rowCount() == len(ids)
    assert tester.model() is model


def test_a_table_of_two_thousand_texts_asks_for_what_is_seen(qtbot, model, queries):
    table = QTableView()
    qtbot.addWidget(table)
    table.setModel(model)
    with qtbot.waitExposed(table):
        table.show()
    table.repaint()
    assert set(queries.asked) == {(1, 64)}
    table.scrollTo(model.index(1999, 0))
    table.repaint()
    assert set(queries.asked) == {(1, 64), (1985, 2000)}


def test_a_page_is_asked_for_once(model, queries):
    for row in (0, 63, 3, 0):
        model.index(row, TEXT).data()
    assert queries.asked == [(1, 64)]


def test_only_so_many_pages_are_kept(qapp, queries):
    model = TextTableModel(queries)
    model.show(array("q", range(1, 64 * 270)))
    for page in range(261):
        model.index(page * 64, TEXT).data()
    assert len(queries.asked) == 261
    model.index(0, TEXT).data()
    assert len(queries.asked) == 262, "the page that was looked at first was let go"


def test_an_edit_reads_only_its_page_anew(qtbot, model, queries):
    model.index(0, TEXT).data()
    model.index(100, TEXT).data()
    queries.flagged.add(3)
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.refresh(frozenset({3}))
    assert (changed.args[0].row(), changed.args[1].row()) == (0, 63)
    assert "flagged" in model.index(2, STATE).data(ROLE.ToolTipRole)
    assert queries.asked == [(1, 64), (65, 128), (1, 64)]
    with qtbot.assertNotEmitted(model.dataChanged):
        model.refresh(frozenset({1999}))


def test_what_cells_show_and_say(model):
    assert model.index(4, TEXT).data() == "text 5"
    assert model.index(4, SPANS).data() == "1"
    assert model.index(3, SPANS).data() == "0", "a text that is done has no spans, and that is shown"
    assert model.index(5, SPANS).data() == ""
    said = [model.index(row, STATE).data(ROLE.AccessibleTextRole) for row in range(3)]
    assert said == ["done", "skipped", "begun: it has spans, but is not marked done"]
    assert model.index(0, STATE).data(ROLE.DecorationRole) is not None
    assert model.index(0, STATE).data() is None


def test_rows_and_ids(model):
    assert model.row_of(5) == 4
    assert model.text_id(4) == 5
    assert model.row_of(5000) is None


def test_what_is_asked_for_together_is_what_is_asked_for_one_by_one(model):
    for column in range(model.columnCount()):
        for role in (ROLE.DisplayRole, ROLE.DecorationRole, ROLE.TextAlignmentRole, ROLE.ToolTipRole, ROLE.FontRole):
            index, one = model.index(1, column), QModelRoleData(role)
            one.setData("left from the cell before")
            model.multiData(index, QModelRoleDataSpan(one))
            alone = model.data(index, role)
            if role == ROLE.DecorationRole and alone is not None:
                assert one.data().cacheKey() == alone.cacheKey()
            else:
                assert one.data() == alone
