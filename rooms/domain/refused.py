"""The one way the rules say no."""

from typing import Any


class Refused(Exception):
    """A command that was not carried out. `code` is stable for programs; `message` tells a person what to do next."""

    def __init__(self, code: str, message: str, **data: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.data = data

    def as_data(self) -> dict[str, Any]:
        """As every edge tells it to a program."""
        return {"code": self.code, "message": self.message, "data": self.data}
