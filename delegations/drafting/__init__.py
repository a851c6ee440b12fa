"""A first draft of an exercise, proposed from an imported paper for a person to accept, edit or discard.

Reading (`wording`, `parties`, `advice`, `disputes`, `stakes`, `proposing`) is pure: passages and names in, proposals
out. It finds places and says in short words of its own what stands there. The paper's sentences are only shown from
the user's own copy; they are never written into a draft.
"""
