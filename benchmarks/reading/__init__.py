"""How well real documents are read, against extractions by programs that are not ours."""
