"""The fields that hold several things at once: the options of an issue, the seats of a delegation, sources.

A form shows them as rows, with a button for one more, one less, one up or down; each press sends the whole form, so
that nothing typed is lost, and saves nothing.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from delegations.editing.document import Json, sources_of, with_sources
from delegations.editing.fields import MOST_ROWS, Around, Field, Post, Text, as_number, clean, misfits


@dataclass(frozen=True)
class Rows(Field):
    """Entries inside an entry: the options of an issue, the seats of a delegation."""

    required: bool = False
    called: str = "row"
    fields: tuple[Field, ...] = ()
    kind: ClassVar[str] = "rows"

    def read(self, post: Post, prefix: str, keep: bool = False) -> Json:
        at = prefix + self.name
        rows = [self._row(post, f"{at}-{place}-") for place in range(row_count(post, at))]
        return {self.name: [row for row in rows if keep or not self._is_empty(row)]}

    def _row(self, post: Post, at: str) -> Json:
        """A row with the id that it had, so that what names it can follow."""
        row = {key: value for field in self.fields for key, value in field.read(post, at).items()}
        return {**row, "was": clean(post.get(f"{at}was", ""))}

    def _is_empty(self, row: Json) -> bool:
        return not any(row.get(field.name) for field in self.fields if isinstance(field, Text))

    def shown(self, entry: Json, around: Around) -> Json:
        rows = entry.get(self.name, [])
        at = self.name
        shown = [
            ([field.show(row, f"{at}-{place}-", around) for field in self.fields], row.get("was", row.get("id", "")))
            for place, row in enumerate(rows)
        ]
        return {"called": self.called, "rows": shown}

    def fits(self, entry: Json) -> str:
        rows = entry.get(self.name, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            return f"must be a list of tables, each a {self.called}"
        return next((wrong for row in rows for wrong in misfits(self.fields, row)), "")


def row_count(post: Post, at: str) -> int:
    count = as_number(post.get(f"{at}-count", ""))
    return min(count, MOST_ROWS) if isinstance(count, int) else 0


@dataclass(frozen=True)
class Sources(Field):
    """Where an entry comes from: any number of places in papers, public sources, exercise design."""

    kind: ClassVar[str] = "sources"

    @property
    def keys(self) -> tuple[str, ...]:
        return ("source", "sources")

    def read(self, post: Post, prefix: str, keep: bool = False) -> Json:
        at = prefix + self.name
        found = [_read_source(post, f"{at}-{place}-") for place in range(row_count(post, at))]
        return with_sources({}, [one for one in found if keep or one not in _EMPTY])

    def shown(self, entry: Json, around: Around) -> Json:
        return {"rows": [_show_source(one, around) for one in sources_of(entry)], "papers": around.papers}

    def fits(self, entry: Json) -> str:
        if "source" in entry and "sources" in entry:
            return "stands both as `source` and as `sources`; keep one of the two"
        if "sources" in entry and not isinstance(entry["sources"], list):
            return "must be a list in `sources`"
        fine = all(one == "design" or _is_source(one) for one in sources_of(entry))
        return "" if fine else "is not understood"


_EMPTY: Final = ({"paper": "", "locator": ""}, {"public": ""})


def _is_source(value: Any) -> bool:
    keys = {"public", "url"} if isinstance(value, dict) and "public" in value else {"paper", "locator", "anchor"}
    return isinstance(value, dict) and value.keys() <= keys and all(isinstance(one, str) for one in value.values())


def _read_source(post: Post, at: str) -> Any:
    def typed(name: str) -> str:
        return clean(post.get(at + name, ""))

    kind = typed("kind")
    if kind == "design":
        return "design"
    if kind == "public":
        return {"public": typed("reference"), **({"url": typed("url")} if typed("url") else {})}
    anchor = {"anchor": typed("anchor")} if typed("anchor") else {}
    return {"paper": typed("paper"), "locator": typed("locator"), **anchor}


def _show_source(source: Any, around: Around) -> Json:
    if not isinstance(source, dict):
        return {"kind": "design"}
    if "public" in source:
        return {"kind": "public", "reference": source["public"], "url": source.get("url", "")}
    paper = source.get("paper", "")
    gone = [] if not paper or paper in dict(around.papers) else [(paper, f"{paper} (not in the library)")]
    return {
        "kind": "paper",
        "paper": paper,
        "locator": source.get("locator", ""),
        "anchor": source.get("anchor", ""),
        "gone": gone,
    }


def change_rows(entry: Json, do: str) -> Json:
    """The typed entry with a row more, a row less or one moved: "add:sources", "remove:option:2", "up:seats:1"."""
    deed, _, rest = do.partition(":")
    name, _, place = rest.partition(":")
    rows = sources_of(entry) if name == "sources" else list(entry.get(name, []))
    if deed == "add" and len(rows) < MOST_ROWS:
        rows.append({"paper": "", "locator": ""} if name == "sources" else {})
    else:
        rows = changed(rows, deed, place)
    return with_sources(entry, rows) if name == "sources" else {**entry, name: rows}


def changed(rows: list[Any], deed: str, place: str) -> list[Any]:
    """The list after "up", "down" or "remove" of the one at that place, counted from 0; as it was for all else."""
    at = int(place) if place.isdecimal() and len(place) < 5 else len(rows)
    rows = list(rows)
    if at >= len(rows):
        return rows
    if deed == "remove":
        del rows[at]
    other = {"up": at - 1, "down": at + 1}.get(deed, -1)
    if 0 <= other < len(rows):
        rows[at], rows[other] = rows[other], rows[at]
    return rows
