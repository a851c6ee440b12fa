"""The editor: moderators write an exercise as a draft, page by page, and publish it into the library."""
