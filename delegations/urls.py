"""Addresses of what is prepared: the library, an exercise, a delegation's pack."""

from django.urls import path

from delegations import paper_views, views
from delegations.drafting.urls import urlpatterns as drafting
from delegations.editing.urls import urlpatterns as editing

app_name = "delegations"

urlpatterns = [
    path("", views.show_library, name="library"),
    path("exercises/<slug:slug>/", views.show_scenario, name="scenario"),
    path("exercises/<slug:slug>/packs/<slug:code>/", views.show_pack, name="pack"),
    path("papers/", paper_views.show_papers, name="papers"),
    path("papers/<slug:slug>/", paper_views.show_paper, name="paper"),
    path("papers/<slug:slug>/passages/<int:passage_id>/", paper_views.show_passage, name="passage"),
    path("search/", paper_views.show_search, name="search"),
    *drafting,
    *editing,
]
