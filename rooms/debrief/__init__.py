"""After the session: measures over the record, charts and exports.

Pure: everything here reads a list of entries that `sight.visible`, and for others than the moderator
`attribution.afterwards`, have already cut to what the reader may see. Nothing here decides that again.
"""
