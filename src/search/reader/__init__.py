"""The reader: question and passage read together, to find the passage and sentence that answer.

`load_reader()` returns it, prepared at its first use and kept in the cache folder.
"""

from search.reader.inputs import Readable
from search.reader.scoring import Reader, Reading, load_reader

__all__ = ["Readable", "Reader", "Reading", "load_reader"]
