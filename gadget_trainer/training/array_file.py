"""Named arrays in one file, written with as little of Python's time as there can be.

A run writes its checkpoint while it goes on and the window paints. ``numpy.savez`` makes an entry of a zip archive for
each of hundreds of arrays, in Python: three threads then wait for one another, and the window stood still for up to
0.1 s. Here only the disk is waited for, which lets the other threads run.

The file: the length and the checksum of a list, the list (JSON: name, type, shape, checksum), the arrays' bytes.
"""

import json
import os
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from gadget_trainer.replacing import sync_folder
from gadget_trainer.training.weights import Array

_HEAD = struct.Struct("<4sQI")
_KIND = b"GTa1"


def write_arrays(path: Path, arrays: Mapping[str, Array]) -> None:
    """Write ``arrays``, so that ``path`` is there whole or not at all, whatever happens. Raises OSError."""
    partial_path = path.with_suffix(".partial")
    whole = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    entries = [(name, array.dtype.str, array.shape, zlib.crc32(_bytes(array))) for name, array in whole.items()]
    words = json.dumps(entries).encode()
    with partial_path.open("wb") as file:
        file.write(_HEAD.pack(_KIND, len(words), zlib.crc32(words)))
        file.write(words)
        for array in whole.values():
            file.write(_bytes(array))
        file.flush()
        os.fsync(file.fileno())
    partial_path.replace(path)
    sync_folder(path.parent)


def read_arrays(path: Path) -> dict[str, Array]:
    """What was written to ``path``. Raises OSError, and ValueError where it is damaged."""
    with path.open("rb") as file:
        kind, length, checksum = _HEAD.unpack(_exactly(file, _HEAD.size))
        if kind != _KIND:
            raise ValueError(f"{path.name} holds no arrays")
        words = _exactly(file, length)
        _check(words, checksum, path)
        return {name: _array(file, path, *rest) for name, *rest in json.loads(words)}


def _array(file: BinaryIO, path: Path, type_: str, shape: list[int], checksum: int) -> Array:
    array = np.empty(shape, dtype=np.dtype(type_))
    array_bytes = _exactly(file, array.nbytes)
    _check(array_bytes, checksum, path)
    array.reshape(-1).view(np.uint8)[:] = np.frombuffer(array_bytes, dtype=np.uint8)
    return array


def _exactly(file: BinaryIO, size: int) -> bytes:
    if size > os.fstat(file.fileno()).st_size - file.tell():
        raise ValueError("it ends too early")
    return file.read(size)


def _check(found: bytes, checksum: int, path: Path) -> None:
    if zlib.crc32(found) != checksum:
        raise ValueError(f"{path.name} is damaged")


def _bytes(array: Array) -> Any:
    return array.reshape(-1).view(np.uint8)
