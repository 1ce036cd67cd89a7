"""The model's tokenizer: SentencePiece, the library that made XLM-R's vocabulary.

`tokenizers.Tokenizer` gives the same ids but takes 0.9-1.3 s to build its trie of 250,000 pieces,
more than all the rest of a new process's first answer; SentencePiece loads in 0.4-0.6 s, while the
graph is loading too. The tests compare the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["BOS", "EOS", "PAD", "UNKNOWN", "PieceTokenizer", "write_tokenizer"]

BOS, PAD, EOS, UNKNOWN = 0, 1, 2, 3
_NORMALISATION = "nmt_nfkc"


class PieceTokenizer:
    """Splits text into the most probable pieces of a Unigram vocabulary; safe in threads."""

    def __init__(self, path: Path) -> None:
        """Load a file that `write_tokenizer` wrote; raises OSError or RuntimeError for another."""
        from sentencepiece import SentencePieceProcessor

        self._processor = SentencePieceProcessor(model_file=str(path))

    def encode(self, text: str) -> list[int]:
        """Return the ids of a text's pieces, without special tokens and without a limit.

        "</s>" in a text never becomes the model's own token.
        """
        # Half a surrogate pair can't be encoded as UTF-8, and some programs do send it.
        ids: list[int] = self._processor.encode(text.encode("utf-8", "replace").decode("utf-8"))
        return ids


def write_tokenizer(pieces: Sequence[str], scores: NDArray[np.float32], path: Path) -> None:
    """Write a Unigram vocabulary as a SentencePiece model, pieces in order of their ids.

    The format is SentencePiece's `sentencepiece_model.proto`; texts are normalised by `nmt_nfkc`
    and each word starts with the mark of the space before it, as in XLM-R.
    """
    from sentencepiece import SentencePieceNormalizer

    # Generated code without types.
    proto: Any = import_module("sentencepiece.sentencepiece_model_pb2")
    kinds = proto.ModelProto.SentencePiece
    special = {UNKNOWN: kinds.UNKNOWN, **dict.fromkeys((BOS, PAD, EOS), kinds.CONTROL)}
    model = proto.ModelProto()
    for number, (piece, score) in enumerate(zip(pieces, scores.tolist(), strict=True)):
        kind = kinds.CONTROL if piece == "<mask>" else special.get(number, kinds.NORMAL)
        model.pieces.add(piece=piece, score=score, type=kind)
    trainer = model.trainer_spec
    trainer.model_type = proto.TrainerSpec.UNIGRAM
    trainer.bos_id, trainer.pad_id, trainer.eos_id, trainer.unk_id = BOS, PAD, EOS, UNKNOWN
    normaliser = SentencePieceNormalizer(rule_name=_NORMALISATION).serialized_model_proto()
    model.normalizer_spec.CopyFrom(proto.ModelProto.FromString(normaliser).normalizer_spec)
    model.normalizer_spec.add_dummy_prefix = True
    model.normalizer_spec.remove_extra_whitespaces = True
    model.normalizer_spec.escape_whitespaces = True
    path.write_bytes(model.SerializeToString())
