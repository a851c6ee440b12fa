"""The one way the rules say no."""

from typing import Any


class Refused(Exception):
    """A command that was not carried out. `code` is stable for programs; `message` tells a person what to do next."""

    def __init__(self, code: str, message: str, **data: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.data = data
