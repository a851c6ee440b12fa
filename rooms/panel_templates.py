"""The templates of panels, in `jinja2/`: a room paints them at every event, and Jinja compiles what Django's engine
would walk through node by node. Pages are Django's own templates.

They look things up as Django's do: `a.b` is a key or an attribute, a method is called, and None or what is not there
is nothing: it has no words, no members and no size, and all that is asked of it is nothing again. Words and marks
are filters and functions, under their own names: those of `templatetags.room`, which pages have, too, and those of
`panel_clocks` and `panel_texts`.
"""

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from contextlib import suppress
from importlib.metadata import version
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.template import defaultfilters
from django.utils.safestring import SafeData, mark_safe
from jinja2 import (
    ChainableUndefined,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    Template,
    nodes,
    pass_context,
)
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from markupsafe import Markup

from rooms import panel_clocks, panel_texts
from rooms.for_own import UNSETTLED, marked
from rooms.parts import MAKING, Making
from rooms.templatetags import room

FOLDER = settings.BASE_DIR / "rooms" / "jinja2"
OPTIONS = 1  # another number, if `_made` makes the environment otherwise: what is compiled depends on that
COMPILED = settings.VAR_DIR / "compiled" / f"{version('jinja2')}-{OPTIONS}"
MAPPINGS = (dict, MappingProxyType)
FUNCTIONS = (
    room.moment,
    room.seat_options,
    room.titled_seats,
    panel_clocks.hour_and_day,
    panel_texts.press,
    panel_texts.bracketed,
)
# These read the fold that stands in the context.
OF_THE_FOLD = (
    *(room.mono, room.delegation_name, room.named_together, room.person_name, room.person_name_plain),
    *(room.item_title, room.seat_title, room.countdown, panel_clocks.call_clock, panel_texts.changed),
)


class Nothing(ChainableUndefined):
    """None, and what is not there."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return other is None or type(other) is Nothing

    def __hash__(self) -> int:
        return hash(None)

    def _is(self, _other: object) -> bool:
        return False

    __lt__ = __le__ = __gt__ = __ge__ = _is  # type: ignore[assignment]  # elsewhere they raise


NOTHING = Nothing()


class Templates(Environment):
    """Looks things up as the module says."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        # Every context begins with a copy of them; of Jinja's chain of mappings that takes ten times as long.
        return {**self.globals, **d} if d else self.globals

    def getattr(self, obj: Any, attribute: str) -> Any:
        value = obj[attribute] if isinstance(obj, MAPPINGS) and attribute in obj else getattr(obj, attribute, None)
        if value is None:
            return NOTHING
        return value() if callable(value) and type(value) is not Nothing else value

    def getitem(self, obj: Any, argument: Any) -> Any:
        try:
            value = obj[argument]
        except (LookupError, TypeError):
            return NOTHING
        return NOTHING if value is None else value


def render(name: str, context: Mapping[str, Any]) -> str:
    """A template as HTML, without the blanks around it."""
    there = {key: value for key, value in context.items() if value is not None}
    return compiled(name).render(there).strip()


def names() -> list[str]:
    """Of all templates."""
    return _templates.list_templates(extensions=["html"])


def compiled(name: str) -> Template:
    """A template, compiled by this process or an earlier one."""
    return _templates.get_template(name)


def parsed(name: str) -> nodes.Template:
    """A template as it is before it is compiled."""
    return _templates.parse((FOLDER / name).read_text(encoding="utf-8"))


def part(context: Context, name: str, *element: str, **given: Any) -> Markup:
    """A part of a panel, from a template whose one element has the id that the words of `element` make, joined by
    dashes. The template knows what it is given here, and what every part does; see `rooms.parts`."""
    return Markup(_part(context, name, "-".join(map(str, element)), given))  # from a template, which escapes


def part_each(context: Context, name: str, element: str, each: Iterable[Mapping[str, Any]], **given: Any) -> Markup:
    """A part for each of several mappings: it knows what stands in its own, too, whose `id` ends that of its
    element."""
    made = (_part(context, name, f"{element}-{one['id']}", {**given, **one}) for one in each)
    return Markup("\n".join(made))


def _part(context: Context, name: str, element: str, given: Mapping[str, Any]) -> str:
    making: Making = context[MAKING]
    html = making.kept(element, given)
    if html is None:
        html = render(name, {**making.known, **given})
    making.made.append((element, given, html))
    return html


def for_own(context: Context, code: str, caller: Callable[[], str]) -> Markup:
    """What only those of one delegation are shown, or the chair and who sits nowhere for ""; see `rooms.for_own`."""
    if context.get(UNSETTLED):
        return Markup(marked(code, caller()))
    return Markup(caller() if code == context.get("own", "") else "")


def _function(deed: Callable[..., Any]) -> Callable[..., Any]:
    def called(*given: Any, **named: Any) -> Any:
        plain = [None if type(one) is Nothing else one for one in given]
        return deed(*plain, **{key: None if type(one) is Nothing else one for key, one in named.items()})

    return called


def _filter(deed: Callable[..., Any], nothing: str | None) -> Callable[..., Any]:
    """One of Django's kind, told `nothing` where there is nothing. What it makes of something safe may be safe, too."""
    more = {"autoescape": True} if getattr(deed, "needs_autoescape", False) else {}
    is_safe = getattr(deed, "is_safe", False)

    def filtered(value: Any, *given: Any) -> Any:
        plain = nothing if type(value) is Nothing or value is None else value
        found = deed(plain, *[None if type(one) is Nothing else one for one in given], **more)
        return mark_safe(found) if is_safe and isinstance(plain, SafeData) else found

    return filtered


class Compiled(FileSystemBytecodeCache):
    """Where a process finds what an earlier one compiled. Where nothing can be written it finds nothing, and what
    cannot be read is compiled anew."""

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except Exception:  # cut short, or no file at all: pickle and the file system have many words for it
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            COMPILED.mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)


def _made() -> Templates:
    made = Templates(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=Nothing,
        keep_trailing_newline=True,  # a blank between two words is one
        auto_reload=settings.DEBUG,
        cache_size=-1,
        bytecode_cache=Compiled(str(COMPILED)),
    )
    for library, nothing in ((defaultfilters.register, ""), (room.register, None)):
        made.filters.update({name: _filter(deed, nothing) for name, deed in library.filters.items()})
    made.filters["length"] = lambda value: len(value) if value else 0
    made.tests["none"] = lambda value: value is None or type(value) is Nothing
    made.globals.update({deed.__name__: _function(deed) for deed in FUNCTIONS})
    made.globals.update({deed.__name__: pass_context(_function(deed)) for deed in OF_THE_FOLD})
    made.globals.update({deed.__name__: pass_context(deed) for deed in (part, part_each, for_own)})
    return made


_templates = _made()
