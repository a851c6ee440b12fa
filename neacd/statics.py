"""Styles and scripts of a deployment: collected once at the start, compressed, under names that hold their hashes, so
that a browser keeps them for ever and a new version is fetched under a new name. `make run` does without.
"""

from whitenoise.storage import (  # type: ignore[import-untyped]  # it has no types
    CompressedManifestStaticFilesStorage,
)

# Our scripts import each other by relative names, which need the hash, too. Others' scripts are left as they are: what
# looks like an import in their comments is none.
IMPORTED = (r"""(?P<matched>\bfrom\s*["'](?P<url>\.{1,2}/.*?)["'])""", 'from "%(url)s"')


class HashedStatics(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # for the same reason
    """Files of earlier versions stay in the folder: a page that was loaded before may still ask for them."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        *((f"{app}/*.js", (IMPORTED,)) for app in ("rooms", "neacd", "delegations")),
    )
