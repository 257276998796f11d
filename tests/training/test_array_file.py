"""Arrays in a file: what was written is read, and damage is noticed."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from gadget_trainer.training.array_file import read_arrays, write_arrays

_ANY = arrays.arrays(
    dtype=st.sampled_from([np.float32, np.float64, np.uint8, np.uint32, np.int64]),
    shape=arrays.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=4),
)


@given(st.dictionaries(st.text(max_size=8), _ANY, max_size=5))
def test_what_was_written_is_read(tmp_path_factory: pytest.TempPathFactory, written: dict[str, np.ndarray]) -> None:
    path = tmp_path_factory.mktemp("arrays") / "some.arrays"
    write_arrays(path, {name: array[::-1] for name, array in written.items()})
    read = read_arrays(path)
    assert list(read) == list(written)
    for name, array in written.items():
        assert read[name].dtype == array.dtype
        assert read[name].tobytes() == array[::-1].tobytes()
        assert read[name].shape == array.shape
        assert read[name].flags.writeable


@given(st.data())
def test_any_damage_is_noticed(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    path = tmp_path_factory.mktemp("arrays") / "some.arrays"
    write_arrays(path, {"weights": np.arange(20, dtype=np.float32), "order": np.arange(3, dtype=np.uint32)})
    whole = path.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1), label="place")
    if data.draw(st.booleans(), label="cut short"):
        path.write_bytes(whole[:place])
    else:
        flipped = whole[place] ^ data.draw(st.integers(1, 255), label="bits")
        path.write_bytes(whole[:place] + bytes([flipped]) + whole[place + 1 :])
    with pytest.raises((ValueError, OSError)):
        read_arrays(path)


def test_the_one_before_stays_where_the_new_one_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "some.arrays"
    write_arrays(path, {"weights": np.arange(3)})
    path.with_suffix(".partial").mkdir()
    with pytest.raises(IsADirectoryError):
        write_arrays(path, {"weights": np.arange(4)})
    assert len(read_arrays(path)["weights"]) == 3
