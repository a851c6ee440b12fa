"""Where throttles count when several processes serve: in Redis, so that a limit is one limit however many there are.

With Redis away each process counts for itself, without a word to whoever asks, and looks for Redis again a little
later. Names of what is counted hold addresses: Redis is told their digests alone.
"""

import logging
import time
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCacheClient
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

PATIENCE: Final = 0.25  # seconds; every page asks here before it does anything
LOOK_AGAIN: Final = 5.0  # seconds without Redis before it is asked again
# One more, only if it is still counted: what has lapsed must not begin again without an end.
ONE_MORE: Final = (
    "if redis.call('exists', KEYS[1]) == 0 then return -1 end return redis.call('incrby', KEYS[1], ARGV[1])"
)


class _Place:
    """Redis, as this process finds it: the connections that all its threads share, and until when it is left alone."""

    def __init__(self, url: str) -> None:
        self.client = RedisCacheClient([url], socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
        self.away_until = 0.0


_place = cache(_Place)


def digest_of(key: str, prefix: str, _version: int) -> str:
    return f"{prefix}:{salted_hmac('neacd.counts', key).hexdigest()[:32]}"


class SharedCounts(BaseCache):
    """See the module. Offers what counting needs: `add`, `get`, `incr`, and `clear` for what this process counts."""

    def __init__(self, url: str, params: dict[str, Any]) -> None:
        super().__init__({"KEY_PREFIX": "neacd:counts", "KEY_FUNCTION": digest_of, **params})
        self._place, self._own = _place(url), LocMemCache("counts", params)

    def _either(self, shared: Callable[[Any], Any], own: Callable[[], Any]) -> Any:
        if time.monotonic() < self._place.away_until:
            return own()
        try:
            return shared(self._place.client)
        except RedisError as error:
            self._place.away_until = time.monotonic() + LOOK_AGAIN
            logger.warning("throttles count in this process alone: %s", type(error).__name__)
            return own()

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        name = self.make_key(key, version=version)
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return bool(
            self._either(lambda client: client.add(name, value, seconds), lambda: self._own.add(key, value, seconds))
        )

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        name = self.make_key(key, version=version)
        return self._either(lambda client: client.get(name, default), lambda: self._own.get(key, default))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        name = self.make_key(key, version=version)
        number = self._either(
            lambda client: client.get_client(name, write=True).eval(ONE_MORE, 1, name, delta),
            lambda: self._own.incr(key, delta),
        )
        if number == -1:
            raise ValueError(f"nothing is counted as {name}")
        return int(number)

    def clear(self) -> None:
        self._own.clear()
