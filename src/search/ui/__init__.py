"""The pages of the app: they show what the Engine gives, and nothing that it does not.

`markup`, `reader`, `catalogue`, `links` and `wording` are pure functions from records to text;
`questions` and `documents` are the two pages; `serve` starts the app in this process.
"""
