"""Ids that count nothing: made from what the addressee is told, so that they say nothing of what else there is."""

from hashlib import sha256


def seal(letter: str, *parts: object) -> str:
    """An id of these parts; `letter` tells of what kind it is."""
    return letter + sha256("\n".join(map(str, parts)).encode(errors="surrogatepass")).hexdigest()[:10]
