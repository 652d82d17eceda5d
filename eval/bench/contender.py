"""One way to translate sentences, in a process of its own: loads, says so, then works on what it is told to.

    python contender.py NAME CHECKPOINT SENTENCES BEAM LENGTH

Every line on standard input is "start stop", a slice of SENTENCES (one a line); the answer is a line of JSON.
LENGTH > 0 fixes the number of output tokens of every sentence, which makes a model without training comparable.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

Translate = Callable[[Sequence[str]], list[str]]
BATCH = 32
"""Sentences of a batch of transformers, the size that scripts commonly use."""


def jianbao(checkpoint: str, beam: int, length: int) -> Translate:
    """The engine of Jianbao: all sentences in one call."""
    from jianbao.checkpoints import find_checkpoint
    from jianbao.engines import DecodingOptions, load_engine

    engine = load_engine("ct2", find_checkpoint(checkpoint))
    options = DecodingOptions(beam_size=beam, max_length=length or 256)
    return lambda sources: [found[0].text for found in engine.decode(sources, options)]


def ct2_single(checkpoint: str, beam: int, length: int) -> Translate:
    """CTranslate2 with its defaults, int8, one sentence a call."""
    import ctranslate2

    from jianbao.checkpoints import find_checkpoint
    from jianbao.engines._ct2_convert import converted
    from jianbao.engines._tokens import Tokenizer
    from jianbao.engines.ct2 import cache_dir

    found = find_checkpoint(checkpoint)
    tokenizer = Tokenizer(found)
    model = ctranslate2.Translator(str(converted(found, cache_dir())), compute_type="int8")

    def translate(sources: Sequence[str]) -> list[str]:
        texts = []
        for source in sources:
            (result,) = model.translate_batch(
                [tokenizer.encode(source)], beam_size=beam, max_decoding_length=length or 256
            )
            texts.append(tokenizer.decode(result.hypotheses[0]))
        return texts

    return translate


def _transformers(checkpoint: str, beam: int, length: int, batch: int) -> Translate:
    import torch
    import transformers

    from jianbao.checkpoints import find_checkpoint

    path = find_checkpoint(checkpoint).path
    tokenizer: Any = transformers.MarianTokenizer.from_pretrained(path)
    model: Any = transformers.MarianMTModel.from_pretrained(path, dtype=torch.float32).eval()
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    model.generation_config.max_length = None
    bounds = {"min_new_tokens": length, "max_new_tokens": length} if length else {"max_new_tokens": 256}

    def translate(sources: Sequence[str]) -> list[str]:
        texts: list[str] = []
        for start in range(0, len(sources), batch):
            inputs = tokenizer(list(sources[start : start + batch]), return_tensors="pt", padding=True)
            with torch.inference_mode():
                output = model.generate(**inputs, num_beams=beam, **bounds)
            texts += tokenizer.batch_decode(output, skip_special_tokens=True)
        return texts

    return translate


def transformers_single(checkpoint: str, beam: int, length: int) -> Translate:
    """``generate`` in float32, one sentence a call: what most scripts do."""
    return _transformers(checkpoint, beam, length, 1)


def transformers_batched(checkpoint: str, beam: int, length: int) -> Translate:
    """``generate`` in float32, batches of 32 in text order."""
    return _transformers(checkpoint, beam, length, BATCH)


CONTENDERS = {
    load.__name__: load for load in (jianbao, ct2_single, transformers_single, transformers_batched)
}


def main(name: str, checkpoint: str, sentences: str, beam: str, length: str) -> None:
    """Load contender ``name`` and answer until standard input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints is no answer
    lines = Path(sentences).read_text(encoding="utf-8").splitlines()
    translate = CONTENDERS[name](checkpoint, int(beam), int(length))
    translate(lines[:1])
    print(json.dumps({"peak_mb": _peak()}), file=answers, flush=True)
    for request in sys.stdin:
        start, stop = map(int, request.split())
        sources = [lines[index % len(lines)] for index in range(start, stop)]
        clock, cpu = time.perf_counter(), time.process_time()
        texts = translate(sources)
        answer = {
            "seconds": time.perf_counter() - clock,
            "cpu": time.process_time() - cpu,
            "sentences": len(sources),
            "characters": sum(map(len, sources)),
            "texts": texts,
            "peak_mb": _peak(),
        }
        print(json.dumps(answer), file=answers, flush=True)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
