"""The pages of the app: they show what the Engine returns, and nothing else.

`markup`, `reader`, `catalogue`, `checked`, `views` and `stance_matrix` are pure functions from
records to HTML (`Markup`), `links` and `picked` write and parse addresses, and `collection` finds
documents by words; each page has a module of its own, which `router` knows; `opening` holds what
all sessions share; `serve` starts the app in this process.
"""
