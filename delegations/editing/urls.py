"""Addresses of the editor, below those of what is prepared."""

from django.urls import path

from delegations.editing import page_views, views

urlpatterns = [
    path("drafts/", views.show_drafts, name="drafts"),
    path("drafts/new/", views.begin_draft, name="draft-begin"),
    path("drafts/import/", views.import_draft, name="draft-import"),
    path("drafts/<int:pk>/", views.show_draft, name="draft"),
    path("drafts/<int:pk>/publish/", views.publish_draft, name="draft-publish"),
    path("drafts/<int:pk>/undo/", views.undo_change, name="draft-undo"),
    path("drafts/<int:pk>/discard/", views.discard_draft, name="draft-discard"),
    path("drafts/<int:pk>/export/", views.export_draft, name="draft-export"),
    path("drafts/<int:pk>/preview/", views.preview_scenario, name="draft-preview"),
    path("drafts/<int:pk>/preview/<slug:code>/", views.preview_pack, name="draft-preview-pack"),
    path("drafts/<int:pk>/pages/<slug:page>/", page_views.edit_page, name="draft-page"),
    path("drafts/<int:pk>/pages/<slug:page>/new/", page_views.edit_entry, name="draft-new"),
    path("drafts/<int:pk>/pages/<slug:page>/<int:number>/", page_views.edit_entry, name="draft-entry"),
    path("exercises/<slug:slug>/export/", views.export_scenario, name="scenario-export"),
]
