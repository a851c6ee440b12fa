"""Pages of imported papers and the search over papers and packs.

For moderators: a paper's text belongs to whoever imported it, and packs are secret. A single passage may also be
read with a key that packs carry in their links, so that a player sees the place that a claim cites, and only it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from delegations import words
from delegations.models import Paper, Passage
from delegations.papers.gazetteer import KINDS, Named, shipped_gazetteer
from delegations.papers.links import passage_of_key
from delegations.papers.locators import chapters_of, chicago
from delegations.papers.reading import MOST_BYTES, check_size, read_paper_file
from delegations.papers.refusing import PaperRefused
from delegations.papers.searching import MOST_HITS, Hit, search
from delegations.papers.storing import Facts, Imported, import_text
from delegations.papers.structure import is_inline

FEWEST_FOR_FILTER: Final = 2
MOST_QUERY: Final = 200
YEAR: Final = re.compile(r"[0-9]{1,4}")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def show_papers(request: HttpRequest) -> HttpResponse:
    """The papers of this installation; a POST brings one more."""
    problem = ""
    if request.method == "POST":
        try:
            imported = _import_upload(request)
        except PaperRefused as refused:
            problem = str(refused)
        else:
            _tell(request, imported)
            return redirect("delegations:paper", imported.paper.slug)
    context = {
        "papers": Paper.objects.annotate(count=Count("passages")).order_by("title"),
        "problem": problem,
        "said": request.POST,
        "most_megabytes": MOST_BYTES // 1_000_000,
        "limits": {"title": words.TITLE, "url": words.LOCATOR, "key": words.KEY},
    }
    return render(request, "delegations/papers/papers.html", context, status=400 if problem else 200)


def _import_upload(request: HttpRequest) -> Imported:
    upload = request.FILES.get("file")
    if upload is None:
        raise PaperRefused("No file was sent. Choose the paper's file first.")
    name = upload.name or "the file"
    check_size(name=name, size=upload.size or 0)
    year = request.POST.get("year", "").strip()
    if year and not YEAR.fullmatch(year):
        raise PaperRefused(f"'{year}' is not a year. Write it in digits: 1998.")
    said = {
        key: request.POST.get(key, "").strip() for key in ("slug", "title", "authors", "series", "publisher", "url")
    }
    text = read_paper_file(name=name, content=upload.read())
    return import_text(text=text, facts=Facts(**said, year=int(year or 0)), name=name)


def _tell(request: HttpRequest, imported: Imported) -> None:
    count = len(imported.read.passages)
    done = f"Imported, {count} passages." if imported.written else f"Nothing has changed, {count} passages."
    messages.success(request, " ".join([done, *imported.read.report.lines[:20]]))


@never_cache
@require_safe
@login_required
def show_paper(request: HttpRequest, slug: str) -> HttpResponse:
    """A paper to read, passage by passage; `?about=` leaves only what speaks of one name."""
    paper = get_object_or_404(Paper, slug=slug)
    passages = list(paper.passages.order_by("id"))
    gazetteer = shipped_gazetteer()
    topics = {one.pk: gazetteer.about(one.text, around=one.section) for one in passages}
    about = request.GET.get("about", "")
    shown = [one for one in passages if not about or about in {entry.key for entry in topics[one.pk]}]
    context = {
        "paper": paper,
        "sections": _sections(shown),
        "count": len(passages),
        "shown": len(shown),
        "filters": _filters(list(topics.values())),
        "about": next((entry for entry in gazetteer.entries if entry.key == about), None),
    }
    return render(request, "delegations/papers/paper.html", context)


def _sections(passages: Sequence[Passage]) -> list[tuple[str, list[Passage]]]:
    """Runs of passages of one section, in the paper's order; what repeats a part of its paragraph stays out."""
    sections: list[tuple[str, list[Passage]]] = []
    for passage in passages:
        if is_inline(section=passage.section):
            continue
        if not sections or sections[-1][0] != passage.section:
            sections.append((passage.section, []))
        sections[-1][1].append(passage)
    return sections


def _filters(topics: Sequence[Sequence[Named]]) -> list[tuple[str, list[tuple[Named, int]]]]:
    """By kind: whom and what the paper speaks of, with the number of passages."""
    counted = Counter(entry for entries in topics for entry in entries)
    often = [(entry, number) for entry, number in counted.most_common() if number >= FEWEST_FOR_FILTER]
    return [(kind, [one for one in often if one[0].kind == kind]) for kind in KINDS]


@never_cache
@vary_on_headers("HX-Request")
@require_safe
def show_passage(request: HttpRequest, slug: str, passage_id: int) -> HttpResponse:
    """One passage with its citation: for moderators, or with the key that a pack's link carries.

    A request of htmx gets only the passage, to stand beside the claim that cites it.
    """
    try:
        may_read = request.user.is_authenticated or passage_of_key(request.GET.get("key", "")) == passage_id
    except BadSignature:
        may_read = False
    if not may_read:
        message = "Passages of papers are for moderators, and for players through their pack. Open it from there."
        return HttpResponseForbidden(message, content_type="text/plain; charset=utf-8")
    passage = Passage.objects.select_related("paper").filter(paper__slug=slug, pk=passage_id).first()
    if passage is None:
        raise Http404("The paper was imported anew since: go back and open the passage again.")
    context = {
        "passage": passage,
        "paper": passage.paper,
        "citation": chicago(paper=passage.paper, passage=passage, chapters=_chapters(passage.paper)),
        "topics": shipped_gazetteer().about(passage.text, around=passage.section),
        "slips": shipped_gazetteer().misreadings([passage.text]),
    }
    alone = request.headers.get("HX-Request") == "true"
    return render(request, f"delegations/papers/{'passage' if alone else 'passage_page'}.html", context)


def _chapters(paper: Paper) -> list[tuple[str, str]]:
    return chapters_of(list(paper.passages.only("section").order_by("id")))


@never_cache
@require_safe
@login_required
def show_search(request: HttpRequest) -> HttpResponse:
    """Words in papers and packs, with each hit in its context."""
    query = " ".join(request.GET.get("q", "").split())[:MOST_QUERY]
    hits = search(query)
    context = {"query": query, "hits": [(hit, _address(hit)) for hit in hits], "all": len(hits) < MOST_HITS}
    return render(request, "delegations/papers/search.html", context)


def _address(hit: Hit) -> str:
    if hit.kind == "passage":
        slug, passage = hit.target
        return f"{reverse('delegations:paper', args=[slug])}#p{passage}"
    return reverse("delegations:pack", args=hit.target)
