"""An index in PostgreSQL, for what outgrows one machine. Imported only when one is used."""

from __future__ import annotations

import logging

from search.storage.postgres.plan import GRAPH_PLAN, GraphPlan
from search.storage.postgres.store import PostgresStore

__all__ = ["GRAPH_PLAN", "GraphPlan", "PostgresStore"]

# The pool logs, in English, what is raised as an error anyhow.
logging.getLogger("psycopg").addHandler(logging.NullHandler())
