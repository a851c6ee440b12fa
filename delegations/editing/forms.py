"""The two forms that begin a draft: a new one, and one from a zip."""

from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile

from delegations import words
from delegations.editing.zips import MOST_PACKED
from delegations.entries import KEY_SHAPE

BLANK: Final = ""


class NewDraft(forms.Form):
    """Begins blank or from the newest version of an exercise."""

    base = forms.ChoiceField(label="Begin with", required=False)
    title = forms.CharField(
        max_length=words.TITLE, required=False, help_text="Empty: the title of what you begin with."
    )
    slug = forms.CharField(
        label="Short name",
        max_length=words.KEY,
        required=False,
        help_text="Empty: the one of what you begin with, and publishing makes a newer version of it. Another: another "
        "exercise. Small letters, digits, hyphens.",
    )

    def __init__(self, *args: Any, exercises: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["base"].choices = [(BLANK, "A blank exercise"), *exercises]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        slug = given.get("slug") or given.get("base", "")
        if not slug:
            self.add_error("slug", "Write a short name, such as harbour-talks-1998.")
        elif not KEY_SHAPE.fullmatch(slug):
            self.add_error("slug", "Use small letters, digits and hyphens, such as harbour-talks-1998.")
        if not given.get("base") and not given.get("title"):
            self.add_error("title", "Write a title; it can be changed later.")
        return {**given, "slug": slug}


class Import(forms.Form):
    file = forms.FileField(
        label="Zip of an exercise", help_text="As it was exported here, or a folder packed by hand; 2 MB at most."
    )

    def clean_file(self) -> "UploadedFile[Any]":
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if file.size is None or file.size > MOST_PACKED:
            raise forms.ValidationError("The zip is larger than 2 MB; an exercise is text and needs far less.")
        return file
