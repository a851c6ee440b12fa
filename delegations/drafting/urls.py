"""Addresses of first drafts from papers; `delegations.urls` holds them."""

from django.urls import path

from delegations.drafting import views

urlpatterns = [
    path("papers/<slug:slug>/draft/", views.show_proposals, name="proposals"),
    path("papers/<slug:slug>/draft/judge/", views.judge_proposal, name="judge_proposal"),
    path("papers/<slug:slug>/draft/accept/", views.accept_rest, name="accept_rest"),
    path("papers/<slug:slug>/draft/make/", views.make_from_accepted, name="draft_from_paper"),
]
