"""What is written to the log, and how: as lines for people, or with NEACD_LOG=json as one JSON object a line.

Nothing personal: an address on this site may hold a room's code or somebody's ticket, and what an exception says may
hold what somebody typed. So requests are named by the kind of page, and errors by their type and where they arose;
the whole of it only with NEACD_DEBUG=1.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

from neacd import request_ids

# What our own records bring along as `extra={"told": {...}}` stands in the line under its own names.
TOLD = "told"


class NamesNoAddress(logging.Filter):
    """Adds the request's id; of Django's own lines about requests it keeps what happened, and drops the address."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_ids.current() or "-"
        request = getattr(record, "request", None)
        if request is not None and record.name.startswith("django."):
            status = getattr(record, "status_code", "")
            record.msg, record.args = "%s at %s", (status or record.levelname, request_ids.route_of(request))
        return True


def where(error: BaseException) -> list[str]:
    """The way to an error, innermost last, without anything that was in the variables on it."""
    return [f"{step.filename}:{step.lineno} {step.name}" for step in traceback.extract_tb(error.__traceback__)]


def _chain(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found


class Plain(logging.Formatter):
    """A line for people."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s [%(request_id)s]: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another handler may have kept it with the words of the error
        return super().format(record)

    def formatException(self, ei: Any) -> str:
        lines = []
        for error in _chain(ei[1]):
            lines += [f"  {type(error).__qualname__}", *(f"    {step}" for step in where(error))]
        return "\n".join(lines)


class Json(logging.Formatter):
    """One object a line, for a machine that gathers logs."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": getattr(record, "request_id", "-"),
            **getattr(record, TOLD, {}),
        }
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            line["error"] = [{"type": type(one).__qualname__, "where": where(one)} for one in _chain(error)]
        return json.dumps(line, ensure_ascii=False, default=str)


def configuration(form: str, *, debug: bool) -> dict[str, Any]:
    """The LOGGING setting. In JSON, what was answered and what was refused is told as well; else only what is wrong."""
    formatter: dict[str, Any] = {"()": "neacd.logs.Json" if form == "json" else "neacd.logs.Plain"}
    if debug and form != "json":
        formatter = {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s]: %(message)s"}
    told = "INFO" if form == "json" else "WARNING"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"names_no_address": {"()": "neacd.logs.NamesNoAddress"}},
        "formatters": {"chosen": formatter},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "chosen", "filters": ["names_no_address"]}
        },
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "neacd": {"level": told},
            "rooms": {"level": told},
            # Django's own handlers would say in DEBUG what ours has said.
            "django": {"handlers": [], "level": "INFO" if debug else "WARNING", "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        },
    }
