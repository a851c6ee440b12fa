"""How people are invited: the join address, and its QR code as SVG. Draws; decides nothing."""

from dataclasses import dataclass
from io import BytesIO

import segno
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from rooms.models import Room


@dataclass(frozen=True, slots=True)
class Invitation:
    """`spelled` is the code in two groups, as one reads it aloud; `qr` an SVG element without any inline style."""

    code: str
    spelled: str
    url: str
    host: str
    qr: SafeString


def invitation(request: HttpRequest, room: Room) -> Invitation:
    url = request.build_absolute_uri(reverse("rooms:join", args=[room.code]))
    half = len(room.code) // 2
    return Invitation(room.code, f"{room.code[:half]} {room.code[half:]}", url, request.get_host(), qr_of(url))


def qr_of(url: str) -> SafeString:
    """An address of ours as an SVG element."""
    out = BytesIO()
    segno.make(url, error="m").save(
        out, kind="svg", xmldecl=False, svgns=True, omitsize=True, svgclass="qr-code", lineclass="qr-line", border=2
    )
    return mark_safe(out.getvalue().decode())  # made by segno from our own address
