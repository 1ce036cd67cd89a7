"""One script a contender, each run in a process of its own; see `protocol`."""
