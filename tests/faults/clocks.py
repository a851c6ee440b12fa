"""Real processes whose clock of the day is wrong, or is set while they run; the one that only counts goes on."""

from pathlib import Path

LIBRARY = "faketime/libfaketimeMT.so.1"


def find_faketime() -> Path | None:
    """The library that lies about the time, from Debian's `faketime`."""
    return next(iter(sorted(Path("/usr/lib").glob(f"*/{LIBRARY}"))), None)


def set_by(file: Path, offset: str = "+0") -> dict[str, str]:
    """The environment of a process whose clock is `offset` ("-1h") from the true one; `put` sets it anew."""
    put(file, offset)
    return {
        "LD_PRELOAD": str(find_faketime()),
        "FAKETIME_TIMESTAMP_FILE": str(file),
        "FAKETIME_CACHE_DURATION": "1",  # seconds until it looks into the file again
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        # Waits are by the clock that counts on. "Mended" here, each would end at once, and threads would spin: fifty
        # times the work.
        "FAKETIME_FORCE_MONOTONIC_FIX": "0",
    }


def put(file: Path, offset: str) -> None:
    """Set the clock of who was started with this file."""
    fresh = file.with_suffix(".new")
    fresh.write_text(offset)
    fresh.replace(file)  # never half written, whenever it is read
