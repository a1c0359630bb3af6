"""How far results lie apart over many futures: percentiles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def percentiles(values: NDArray[np.int32], shares: Sequence[int]) -> NDArray[np.int32]:
    """The values below which so many of a hundred lie, along the last axis, int32 [..., shares].

    Each is the value of some future: nothing is interpolated, so all stay whole. There must be a future.
    """
    last = values.shape[-1] - 1
    found: NDArray[np.int32] = np.sort(values, axis=-1)[..., [share * last // 100 for share in shares]]
    return found
