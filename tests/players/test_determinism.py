"""The same position gives the same choices with and without the accelerator, and with the processor's extras off."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def _digest(**environment: str) -> str:
    command = [sys.executable, "scripts/choices.py", "--scenario", "tests/data/tiny.yaml", "--budget", "48x3"]
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(command, capture_output=True, check=True, cwd=ROOT, env=env, text=True).stdout.strip()


@pytest.mark.slow
def test_choices_do_not_depend_on_the_accelerator_or_the_processor() -> None:
    plain = _digest(OPEN_DOOR_FAST="0")
    assert len(plain) == 32
    assert _digest(OPEN_DOOR_FAST="1") == plain
    assert _digest(OPEN_DOOR_FAST="0", NPY_DISABLE_CPU_FEATURES="AVX2,FMA3,AVX512F") == plain
