"""A small disk of our own, and how it is filled."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.conftest import require

A_BLOCK = bytes(4_096)


@contextmanager
def disk_at(folder: Path, megabytes: int) -> Iterator[Path]:
    """That folder is a disk of its own, so large."""
    require(os.geteuid() == 0, "A disk of our own needs root")
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "neacd", folder], check=False)
    require(made.returncode == 0, "No disk can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Nothing more fits on the disk."""
    assert os.path.ismount(disk), "only a disk of our own is filled"
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(A_BLOCK)
    try:
        yield
    finally:
        ballast.unlink()
