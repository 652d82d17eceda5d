"""A checkpoint of the size of opus-mt-zh-en with random weights: what a model costs, not what it says."""

import json
import shutil
from pathlib import Path

from jianbao.checkpoints import find_checkpoint

VOCABULARY = 65_001
"""As in opus-mt-zh-en, as is all else below: d 512, 6+6 layers, 8 heads, feed-forward 2048."""


def make_untrained(directory: Path) -> Path:
    """Write the checkpoint to ``directory``; it tokenises as the shipped one does."""
    import torch
    import transformers

    directory.mkdir(parents=True, exist_ok=True)
    shipped = find_checkpoint().path
    for name in ("source.spm", "target.spm", "tokenizer_config.json"):
        shutil.copy(shipped / name, directory / name)
    pieces = json.loads((shipped / "vocab.json").read_text(encoding="utf-8"))
    known = [piece for piece in sorted(pieces, key=pieces.get) if piece not in {"</s>", "<unk>", "<pad>"}]
    filler = (f"<filler{number}>" for number in range(VOCABULARY))
    names = ["</s>", "<unk>", *known]
    names += [next(filler) for _ in range(VOCABULARY - 1 - len(names))]
    vocabulary = {piece: index for index, piece in enumerate([*names, "<pad>"])}
    (directory / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    config = transformers.MarianConfig(
        vocab_size=VOCABULARY,
        d_model=512,
        encoder_layers=6,
        decoder_layers=6,
        encoder_attention_heads=8,
        decoder_attention_heads=8,
        encoder_ffn_dim=2048,
        decoder_ffn_dim=2048,
        activation_function="swish",
        max_position_embeddings=512,
        scale_embedding=True,
        static_position_embeddings=True,
        pad_token_id=VOCABULARY - 1,
        eos_token_id=0,
        bos_token_id=0,
        decoder_start_token_id=VOCABULARY - 1,
        forced_eos_token_id=None,
        bad_words_ids=None,
    )
    torch.manual_seed(1)
    transformers.MarianMTModel(config).save_pretrained(directory)
    return directory
