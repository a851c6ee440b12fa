"""Texts to take away: a neutral picture of a document, and from it a page, DOCX, PDF, Markdown.

Nothing here reads a database or decides what somebody may see: whoever asks for a picture hands over a fold. A file
goes from hand to hand, so the fold is the one of observers.
"""
