"""An index in a folder of this machine: SQLite, FAISS, tantivy and rows of vectors."""
