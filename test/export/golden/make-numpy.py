# Made numpy.npz, with NumPy 2.4.6:  python3 test/export/golden/make-numpy.py
import pathlib
import numpy as np

np.savez_compressed(
    pathlib.Path(__file__).with_name('numpy.npz'),
    scalar=np.float64(-0.5),
    line=np.array([0, 1, 2**32 - 1], np.uint32),
    table=np.array([[1, 2], [3, 2**64 - 1], [5, 6]], np.uint64),
    block=np.arange(24, dtype=np.float64).reshape(2, 3, 4) / 8,
    empty=np.zeros((0, 5), np.uint32),
    special=np.array([np.nan, np.inf, -np.inf, -0.0, 5e-324]),
    text=np.array('η → 🦋'),
    padded=np.array('ab', '<U5'),
)
