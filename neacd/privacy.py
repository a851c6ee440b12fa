"""What this installation keeps of people: one page for those who answer for them, and for the people themselves."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def show_privacy(request: HttpRequest) -> HttpResponse:
    """The same for everybody; the lengths are those that are in force here."""
    context = {"keep_days": settings.KEEP_NAMES_DAYS, "unused_days": settings.CLOSE_UNUSED_DAYS}
    return render(request, "neacd/privacy.html", context)
