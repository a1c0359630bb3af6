"""What depends on this package's own code, so that what other code made is never taken for what this code makes."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
COMPILING = ("scenario/**/*.py", "rules/**/*.py", "session/known.py")
"""The code that decides what is made of a scenario's texts, and in what it is held."""


@cache
def digest_of(*patterns: str) -> bytes:
    """16 bytes that depend on the names and the text of the package's files that match: the same on every machine,
    in a checkout and installed, however its lines end. Read once in a process.
    """
    found = {path.relative_to(PACKAGE).as_posix(): path for pattern in patterns for path in PACKAGE.glob(pattern)}
    digest = blake2b(digest_size=16)
    for name in sorted(found):
        text = found[name].read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name}\n{len(text)}\n".encode() + text)
    return digest.digest()
