"""The pages of the app: they show what the Engine gives, and nothing that it does not.

`markup`, `reader`, `catalogue`, `links` and `wording` are pure functions from records to text, and
`collection` finds documents by words; each page has a module of its own, which `router` knows;
`opening` holds what all sessions share; `serve` starts the app in this process.
"""
