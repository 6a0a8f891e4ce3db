"""Settings of torch and of the C library that make learning on a few cores faster.

Measured on two cores with AVX-512 (network of 0.27 M weights without words, batches of 128): one
thread beats two; memory that is kept instead of being given back to the system after every step
saves a fifth, for every page given out again has to be cleared first.
"""

from __future__ import annotations

import ctypes
import sys

import torch

from palaestra.errors import UsageError

TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3
"""mallopt(3)"""


def device(name: str) -> torch.device:
    """Returns where a learner learns.

    Args:
        name: "cpu", "cuda", or "auto" for CUDA where there is one.

    Raises:
        UsageError: If CUDA is asked for where there is none.
    """
    there = torch.cuda.is_available()
    if name == "cuda" and not there:
        raise UsageError(
            "This machine, or this build of torch, has no CUDA: leave device=cuda away"
        )
    return torch.device("cuda" if there and name != "cpu" else "cpu")


def tune() -> None:
    """Sets the learner's process up; does nothing where a setting does not exist."""
    torch.set_num_threads(1)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        if hasattr(libc, "mallopt"):
            libc.mallopt(MMAP_THRESHOLD, 1 << 30)
            libc.mallopt(TRIM_THRESHOLD, (1 << 31) - 1)
