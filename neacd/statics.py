"""Styles and scripts of a deployment: collected once at the start, compressed, under names that hold their hashes, so
that a browser keeps them for ever and a new version is fetched under a new name. `make run` does without.
"""

import shutil
from pathlib import Path

from django.contrib.staticfiles.management.commands.collectstatic import Command as CollectStatic
from django.core.management import call_command
from whitenoise.storage import (  # type: ignore[import-untyped]  # it has no types
    CompressedManifestStaticFilesStorage,
)

# Our scripts import each other by relative names, which need the hash, too. Others' scripts are left as they are: what
# looks like an import in their comments is none.
IMPORTED = (r"""(?P<matched>\bfrom\s*["'](?P<url>\.{1,2}/.*?)["'])""", 'from "%(url)s"')
PACKED = ".gz"


class HashedStatics(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # for the same reason
    """Files of earlier versions stay in the folder: a page that was loaded before may still ask for them."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        *((f"{app}/*.js", (IMPORTED,)) for app in ("rooms", "neacd", "delegations")),
    )


def collect(aside: Path, served: Path) -> int:
    """Gather everything into `aside`, a folder that is ours alone, and from there into the one that is served
    from; both on one disk. How many files were not there yet.

    Somebody may be serving just now: a file is there whole or not at all, none is taken away, one that is the same
    is not touched, and the list of names (which the next process reads) comes last.
    """
    shutil.rmtree(aside, ignore_errors=True)  # of a start that was ended in its midst
    gathering = CollectStatic()
    gathering.storage = HashedStatics(location=aside)
    call_command(gathering, verbosity=0, interactive=False)
    names = {path.relative_to(aside) for path in aside.rglob("*") if path.is_file()}
    listed = Path(gathering.storage.manifest_name)
    new = [name for name in [*(names - {listed}), listed] if _moved(aside / name, served / name)]
    shutil.rmtree(aside)
    return sum(name.suffix != PACKED for name in new)


def _moved(made: Path, place: Path) -> bool:
    """Whether there was nothing in that place."""
    new = not place.exists()
    if new or place.read_bytes() != made.read_bytes():
        place.parent.mkdir(parents=True, exist_ok=True)
        made.replace(place)
    return new
