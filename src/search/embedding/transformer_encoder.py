"""An encoder for any other model, through sentence-transformers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from search.embedding.builtin.weights import PREFIXES
from search.embedding.quiet import quiet_transformers
from search.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = ["SentenceTransformerEncoder"]

_QUESTION_PROMPTS = ("query",)
_PASSAGE_PROMPTS = ("document", "passage", "corpus")
_BATCH = 32
_CHUNK = 256
"""Texts between two calls of `progress`; sentence-transformers sorts these by length."""
_NO_LIMIT = 1 << 20
"""Tokens, for models without a limit (static embeddings), whose own limit is None or infinite."""
_PROBE_TEXT = "Het kabinet reageert op het rapport."
_FINGERPRINTED_SUFFIXES = {".json", ".txt", ".model", ".safetensors", ".bin", ".py"}


class SentenceTransformerEncoder:
    """Encodes with a sentence-transformers model: a name on the hub, or a folder."""

    def __init__(self, name: str) -> None:
        """Load the model; raises ModelError when that fails."""
        self.name = name
        folder = Path(name).expanduser()
        self._model = _load_model(name, folder)
        self._question_prompt, self._passage_prompt = _prompts(self._model.prompts, name)
        self.max_tokens = int(min(self._model.max_seq_length or _NO_LIMIT, _NO_LIMIT))
        probe = self.encode_passages([_PROBE_TEXT])
        self.dimensions = int(probe.shape[1])
        self.fingerprint = self._fingerprint(folder, probe)

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode questions to rows of length 1, shape (texts, dimensions)."""
        return self._encode(self._model.encode_query, texts, self._question_prompt, None)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        """Encode passages to rows of length 1, shape (texts, dimensions).

        A text is cut after `max_tokens`. `progress(done, total)` is called after each chunk of
        texts.
        """
        return self._encode(self._model.encode_document, texts, self._passage_prompt, progress)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count the tokens of each bare text: no prefix, no special tokens, no limit."""
        tokenizer: Any = self._model.tokenizer
        # A transformer's tokenizer is callable; that of a static model has `encode` only.
        if callable(tokenizer):
            encodings = [tokenizer(t, add_special_tokens=False, truncation=False) for t in texts]
            return [len(encoding["input_ids"]) for encoding in encodings]
        return [len(tokenizer.encode(text, add_special_tokens=False).ids) for text in texts]

    def _encode(
        self,
        encode: Callable[..., Any],
        texts: Sequence[str],
        prompt: str,
        progress: Callable[[int, int], None] | None,
    ) -> NDArray[np.float32]:
        if isinstance(texts, str):
            raise TypeError("texts must be a list of texts, not one text")
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        rows = []
        for start in range(0, len(texts), _CHUNK):
            chunk = list(texts[start : start + _CHUNK])
            rows.append(
                encode(
                    chunk,
                    prompt=prompt,
                    batch_size=_BATCH,
                    show_progress_bar=False,
                    normalize_embeddings=True,
                    convert_to_numpy=True,
                )
            )
            if progress:
                progress(start + len(chunk), len(texts))
        # Static models divide 0 by 0 for a text without a known token.
        return np.nan_to_num(np.concatenate(rows).astype(np.float32))

    def _fingerprint(self, folder: Path, probe: NDArray[np.float32]) -> str:
        """Hash a folder's files, else the name and commit, else the name and a probe's vector.

        The probe is the last resort, since its vector may differ between processors.
        """
        digest = hashlib.sha256()
        facts = ("float32, length 1", self._question_prompt, self._passage_prompt, self.max_tokens)
        digest.update(repr(facts).encode())
        if folder.is_dir():
            for path in sorted(folder.rglob("*")):
                if path.suffix in _FINGERPRINTED_SUFFIXES and path.is_file():
                    digest.update(path.relative_to(folder).as_posix().encode())
                    with open(path, "rb") as file:
                        digest.update(hashlib.file_digest(file, "sha256").digest())
            return digest.hexdigest()[:16]
        config = getattr(getattr(self._model[0], "auto_model", None), "config", None)
        commit = getattr(config, "_commit_hash", None)
        digest.update(f"{self.name}@{commit}".encode())
        if commit is None:
            digest.update(np.round(probe, 2).tobytes())
        return digest.hexdigest()[:16]


def _load_model(name: str, folder: Path) -> SentenceTransformer:
    if not folder.is_dir() and (folder.is_absolute() or name.startswith((".", "~"))):
        raise ModelError(
            f"Er is geen map {folder} met een model. Controleer het pad, of kies het ingebouwde "
            "model: ingebouwd"
        )
    try:
        quiet_transformers()
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(str(folder) if folder.is_dir() else name)
    except Exception as problem:  # the libraries below raise a dozen types of error
        raise ModelError(
            f"Het model {name} is niet te laden: {_reason(problem)}. Controleer de naam op "
            "huggingface.co en de internetverbinding, geef een map met een sentence-transformers-"
            "model, of kies het ingebouwde model: ingebouwd"
        ) from problem


def _reason(problem: Exception) -> str:
    if isinstance(problem, ImportError):
        return f"het pakket {problem.name or 'sentence-transformers'} ontbreekt"
    return (str(problem).strip().splitlines() or [type(problem).__name__])[0]


def _prompts(prompts: Mapping[str, str | None], name: str) -> tuple[str, str]:
    """Return the prompts for questions and for passages: the model's own, or E5's by its name."""
    question = _first_filled(prompts, _QUESTION_PROMPTS)
    passage = _first_filled(prompts, _PASSAGE_PROMPTS)
    is_e5 = re.search(r"(?<![a-z0-9])e5(?![a-z0-9])", Path(name).name.lower())
    if not question and not passage and is_e5:
        return PREFIXES["query"], PREFIXES["passage"]
    return question, passage


def _first_filled(prompts: Mapping[str, str | None], names: Sequence[str]) -> str:
    """Return the first prompt that is not empty: sentence-transformers adds empty ones."""
    return next(filter(None, map(prompts.get, names)), "")
