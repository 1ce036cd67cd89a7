"""An index in PostgreSQL, for what outgrows one machine. Imported only where one is used."""

from __future__ import annotations

import logging

from search.storage.postgres.plan import GRAPH_PLAN, GraphPlan
from search.storage.postgres.store import PostgresStore

__all__ = ["GRAPH_PLAN", "GraphPlan", "PostgresStore"]

# The pool logs what is raised as an error anyhow, in English.
logging.getLogger("psycopg").addHandler(logging.NullHandler())
