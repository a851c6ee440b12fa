"""The one way in which a paper is turned away: with a sentence for the person who brought it."""


class PaperRefused(Exception):
    """What is wrong with the file and what to do about it."""
