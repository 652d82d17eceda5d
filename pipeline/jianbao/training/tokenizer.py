"""The joint sentencepiece model: kept from an earlier checkpoint, or trained by the recipe."""

import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from jianbao.errors import InputError, ModelError
from jianbao.training.recipe import Recipe, Tokenizer

FILENAME = "joint.spm"


def prepare_tokenizer(recipe: Recipe, texts: Iterable[str], out: Path) -> Path:
    """Put the recipe's sentencepiece model at ``out / "joint.spm"``; ``texts`` are what a new one learns from.

    Raises:
        InputError: the model to reuse is missing.
    """
    path, rules = out / FILENAME, recipe.tokenizer
    if rules.reuse:
        old = recipe.path(rules.reuse)
        if not old.is_file():
            raise InputError(f"{old}: there is no such sentencepiece model; correct tokenizer.reuse")
        path.write_bytes(old.read_bytes())
    else:
        path.write_bytes(train_tokenizer(rules, texts, seed=recipe.seed))
    return path


def train_tokenizer(rules: Tokenizer, texts: Iterable[str], *, seed: int) -> bytes:
    """A serialised unigram model: byte fallback, digits split, tags whole, every character of the list a piece.

    Id 0 is ``</s>`` and 1 ``<unk>``; ``<pad>`` is added after the last piece by the checkpoint.
    """
    import io

    import sentencepiece

    lines = list(texts)
    random.Random(seed).shuffle(lines)
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines[: rules.sample]),
        model_writer=model,
        vocab_size=rules.vocabulary,
        model_type="unigram",
        byte_fallback=True,
        split_digits=True,
        character_coverage=0.9999,
        required_chars="".join(_characters(rules.characters)),
        user_defined_symbols=list(rules.tags),
        normalization_rule_name="identity",
        add_dummy_prefix=True,
        max_sentence_length=4000,
        eos_id=0,
        unk_id=1,
        bos_id=-1,
        pad_id=-1,
        num_threads=2,
        minloglevel=2,
    )
    return model.getvalue()


def _characters(name: str) -> Iterator[str]:
    """The characters that must have a piece: the 6,763 of GB 2312, or those of ``name`` itself."""
    if name != "gb2312":
        yield from name
        return
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                yield bytes((row, cell)).decode("gb2312")
            except UnicodeDecodeError:
                continue


class Pieces:
    """A sentencepiece model as the trainer needs it: ids, ``<pad>`` after the last piece."""

    def __init__(self, path: Path) -> None:
        """Load ``path``; raises ModelError where it is damaged."""
        import sentencepiece

        try:
            self._model: Any = sentencepiece.SentencePieceProcessor(model_file=str(path))
        except (RuntimeError, OSError) as error:
            raise ModelError(f"{path} is not a sentencepiece model; train it again") from error
        self.end = int(self._model.eos_id())
        self.pad = int(self._model.get_piece_size())

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """The ids of each text, without the end of sentence."""
        ids: list[list[int]] = self._model.encode(list(texts), out_type=int)
        return ids

    def vocabulary(self) -> dict[str, int]:
        """``vocab.json``: every piece with its id, and ``<pad>``."""
        pieces = {self._model.id_to_piece(index): index for index in range(self.pad)}
        return pieces | {"<pad>": self.pad}
