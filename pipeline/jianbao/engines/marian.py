"""transformers' MarianMTModel: the reference that other engines are held against, and the engine for a GPU.

torch and transformers are imported when the engine is loaded, never before.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from jianbao.checkpoints import Checkpoint
from jianbao.engines import SCORE_DIGITS, DecodingOptions, Hypothesis
from jianbao.engines._tokens import END, Tokenizer
from jianbao.errors import ModelError


def load(checkpoint: Checkpoint, *, device: str = "auto", threads: int = 0) -> "MarianEngine":
    """Load ``checkpoint`` in float32 on a CPU, float16 on a GPU; ``threads=0`` leaves the choice to torch."""
    return MarianEngine(checkpoint, device=device, threads=threads)


class MarianEngine:
    """A loaded MarianMTModel."""

    def __init__(self, checkpoint: Checkpoint, *, device: str = "auto", threads: int = 0) -> None:
        import torch
        import transformers

        silence: Any = transformers.utils.logging
        silence.disable_progress_bar()
        if device == "auto":
            device = "cuda" if torch.cuda.is_available() else "cpu"
        if threads:
            torch.set_num_threads(threads)
        dtype = torch.float32 if device == "cpu" else torch.float16
        self._tokenizer = Tokenizer(checkpoint)
        self._ids = self._tokenizer.vocabulary
        self._tokens = {index: token for token, index in self._ids.items()}
        try:
            model: Any = transformers.MarianMTModel.from_pretrained(checkpoint.path, dtype=dtype)
            self._model = model.to(device).eval()
        except (OSError, RuntimeError, ValueError, AssertionError) as error:
            raise ModelError(f"model {checkpoint.name!r} does not load on {device}: {error}") from error
        self._signature = (
            f"marian-{transformers.__version__}-{str(dtype).removeprefix('torch.')}-{checkpoint.hash}"
        )

    @property
    def signature(self) -> str:
        """Engine, version of transformers, precision and the hash of the checkpoint."""
        return self._signature

    def unknown_characters(self, text: str) -> tuple[str, ...]:
        """The characters of ``text`` that the model's vocabulary lacks."""
        return self._tokenizer.unknown_characters(text)

    def decode(self, sources: Sequence[str], options: DecodingOptions) -> list[tuple[Hypothesis, ...]]:
        """Batches of like length, of at most ``batch_tokens`` padded tokens; the order of the sources is restored."""
        limit = int(self._model.config.max_position_embeddings)
        pieces = [self._tokenizer.encode(source) if source.strip() else [] for source in sources]
        encoded = [[self._ids.get(p, self._ids["<unk>"]) for p in item][-limit:] for item in pieces]
        results: list[tuple[Hypothesis, ...]] = [(Hypothesis("", 0.0),)] * len(sources)
        for batch in _batches(encoded, options.batch_tokens):
            decoded = self._generate([encoded[index] for index in batch], options)
            for index, hypotheses in zip(batch, decoded, strict=True):
                results[index] = hypotheses
        return results

    def _generate(
        self, batch: Sequence[Sequence[int]], options: DecodingOptions
    ) -> list[tuple[Hypothesis, ...]]:
        import torch

        width = max(map(len, batch))
        pad = self._model.config.pad_token_id
        ids = torch.tensor([[*row, *[pad] * (width - len(row))] for row in batch], device=self._model.device)
        n_best = min(options.n_best, options.beam_size)
        with torch.inference_mode():
            output = self._model.generate(
                ids,
                attention_mask=(ids != pad).long(),
                num_beams=options.beam_size,
                num_return_sequences=n_best,
                max_length=min(options.max_length, self._model.config.max_position_embeddings - 1) + 1,
                repetition_penalty=options.repetition_penalty,
                no_repeat_ngram_size=options.no_repeat_ngram,
                do_sample=False,
                return_dict_in_generate=True,
                output_scores=True,
            )
        scores = self._scores(output)
        texts = [self._text(row) for row in output.sequences.tolist()]
        flat = [
            Hypothesis(text, round(score, SCORE_DIGITS)) for text, score in zip(texts, scores, strict=True)
        ]
        return [tuple(flat[start : start + n_best]) for start in range(0, len(flat), n_best)]

    def _scores(self, output: Any) -> list[float]:
        if output.get("sequences_scores") is not None:
            return [float(score) for score in output.sequences_scores]
        steps = self._model.compute_transition_scores(output.sequences, output.scores, normalize_logits=True)
        taken = steps.isfinite() & (output.sequences[:, 1:] != self._model.config.pad_token_id)
        means = steps.masked_fill(~taken, 0).sum(1) / taken.sum(1).clamp(min=1)
        return [float(mean) for mean in means]

    def _text(self, row: Sequence[int]) -> str:
        skipped = {END, "<pad>"}
        return self._tokenizer.decode([t for t in (self._tokens[index] for index in row) if t not in skipped])


def _batches(encoded: Sequence[Sequence[int]], budget: int) -> Iterator[list[int]]:
    """Indices of the sources that are not empty, longest first, in groups of ``budget`` padded tokens."""
    batch: list[int] = []
    for index in sorted((i for i, row in enumerate(encoded) if row), key=lambda i: -len(encoded[i])):
        if batch and (len(batch) + 1) * len(encoded[batch[0]]) > budget:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
