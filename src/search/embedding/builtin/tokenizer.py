"""The model's tokens, by SentencePiece: the library that XLM-R's vocabulary was made with.

`tokenizers.Tokenizer` gives the same ids but needs 0.9-1.3 s to build its trie of 250,000 pieces,
more than all the rest of a fresh process's first answer; SentencePiece is ready in 0.4-0.6 s, and
loads beside the graph. The tests hold the two against each other.
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
    """Split text into the most probable pieces of a Unigram vocabulary; safe in threads."""

    def __init__(self, path: Path) -> None:
        """Load what `write_tokenizer` wrote; raises OSError or RuntimeError when it is not that."""
        from sentencepiece import SentencePieceProcessor

        self._processor = SentencePieceProcessor(model_file=str(path))

    def encode(self, text: str) -> list[int]:
        """Give the ids of a text's pieces, without special tokens and without a limit.

        A text that spells "</s>" is about markup: it never becomes the model's own token.
        """
        # Half of a surrogate pair, as a careless program may send it, is no Unicode text.
        ids: list[int] = self._processor.encode(text.encode("utf-8", "replace").decode("utf-8"))
        return ids


def write_tokenizer(pieces: Sequence[str], scores: NDArray[np.float32], path: Path) -> None:
    """Write a Unigram vocabulary as a SentencePiece model, pieces in order of their ids.

    The format is SentencePiece's `sentencepiece_model.proto`; texts are normalised by `nmt_nfkc`
    and each word is read with the mark of the space before it, as XLM-R does.
    """
    from sentencepiece import SentencePieceNormalizer

    # Generated code, which has no types that a checker could see.
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
