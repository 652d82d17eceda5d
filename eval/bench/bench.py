"""How fast Jianbao is, against what else one would use, in one run and interleaved.

    python eval/bench/bench.py ../shared/reports --pairs ../shared/eval/gwr2022.tsv

For the shipped model and for an untrained one of the size of opus-mt-zh-en: Jianbao's engine, CTranslate2 one
sentence a call, transformers one sentence a call, transformers in batches of 32; all with the same beam and on all
cores. Then ``jianbao brief`` itself over 1 to 200 documents. Writes results.json, RESULTS.md and plots beside this
file. On two idle cores it takes six to eight minutes; close everything else.

Every contender is a process of its own, loaded once; they take turns, --rounds times, each with as many sentences as
take it about --seconds (Jianbao at least 512, since a batch is its point). Rates are totals over all rounds.
"""

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from contender import CONTENDERS
from report import write_report
from scaling import measure_scaling
from untrained import make_untrained

HERE = Path(__file__).parent
FEWEST = {"jianbao": 512, "transformers_batched": 32}
FIXED_LENGTH = 32
"""Output tokens of a sentence where the model is untrained."""


class Process:
    """A contender that is loaded and waits."""

    def __init__(self, name: str, checkpoint: str, sentences: Path, beam: int, length: int) -> None:
        command = [
            sys.executable,
            str(HERE / "contender.py"),
            name,
            checkpoint,
            str(sentences),
            str(beam),
            str(length),
        ]
        clock = time.perf_counter()
        self.name = name
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.idle_mb = self._answer()["peak_mb"]
        self.start_seconds = time.perf_counter() - clock

    def work(self, start: int, stop: int) -> dict[str, Any]:
        """Translate a slice of the sentences."""
        assert self._process.stdin is not None
        print(start, stop, file=self._process.stdin, flush=True)
        return self._answer()

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"contender {self.name} ended with code {self._process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        return answer


def compare(
    checkpoint: str,
    lines: Sequence[str],
    folder: Path,
    *,
    beam: int,
    length: int,
    rounds: int,
    seconds: float,
) -> list[dict[str, Any]]:
    """Rates of all contenders with one model, from ``rounds`` turns of about ``seconds`` each."""
    from sentencepiece import SentencePieceProcessor

    from jianbao.checkpoints import find_checkpoint
    from jianbao.engines._ct2_convert import converted
    from jianbao.engines.ct2 import cache_dir

    found = find_checkpoint(checkpoint)
    converted(found, cache_dir())  # done once, on first use: no part of starting up
    pieces = SentencePieceProcessor(model_file=str(found.path / "target.spm"))
    sentences = folder / "sentences.txt"
    sentences.write_text("\n".join(lines) + "\n", encoding="utf-8")
    processes = [Process(name, checkpoint, sentences, beam, length) for name in CONTENDERS]
    sizes, positions, answers = {}, dict.fromkeys(CONTENDERS, 0), {name: [] for name in CONTENDERS}
    for process in processes:  # calibration, not counted
        trial = process.work(0, max(4, FEWEST.get(process.name, 0) // 4))
        wanted = round(seconds * trial["sentences"] / trial["seconds"])
        sizes[process.name] = max(wanted, FEWEST.get(process.name, 4))
    for _ in range(rounds):
        for process in processes:
            start = positions[process.name]
            positions[process.name] = stop = start + sizes[process.name]
            answers[process.name].append(process.work(start, stop))
    results = []
    for process in processes:
        process.close()
        texts = [text for answer in answers[process.name] for text in answer["texts"]]
        tokens = len(texts) * length if length else sum(map(len, pieces.encode(texts)))
        results.append(_rates(process, answers[process.name], tokens))
        print(json.dumps(results[-1]), flush=True)
    return results


def _rates(process: Process, answers: Sequence[dict[str, Any]], tokens: int) -> dict[str, Any]:
    seconds, cpu = (sum(a[name] for a in answers) for name in ("seconds", "cpu"))
    characters = sum(a["characters"] for a in answers)
    sentences = sum(a["sentences"] for a in answers)
    return {
        "name": process.name,
        "sentences": sentences,
        "characters_per_second": characters / seconds,
        "tokens_per_second": tokens / seconds,
        "cpu_seconds_per_1000_characters": 1000 * cpu / characters,
        "by_round": [a["characters"] / a["seconds"] for a in answers],
        "start_seconds": process.start_seconds,
        "peak_mb": max(a["peak_mb"] for a in answers),
    }


def quality(
    pairs: Sequence[tuple[str, str]], checkpoint: str, folder: Path, *, beam: int
) -> dict[str, float]:
    """chrF of Jianbao's engine and of transformers on the same sentences."""
    from sacrebleu.metrics import CHRF

    sentences = folder / "pairs.txt"
    sentences.write_text("\n".join(source for source, _ in pairs) + "\n", encoding="utf-8")
    scores = {}
    for name in ("jianbao", "transformers_batched"):
        process = Process(name, checkpoint, sentences, beam, 0)
        texts = process.work(0, len(pairs))["texts"]
        process.close()
        scores[name] = CHRF().corpus_score(texts, [[target for _, target in pairs]]).score
    print(json.dumps(scores), flush=True)
    return scores


def sentences_of(reports: Iterable[Path]) -> list[str]:
    """All translatable sentences of the reports, normalised, shuffled once and for all."""
    from jianbao.normalise import normalise_source
    from jianbao.readers import read_document
    from jianbao.segmenter import segment

    texts = [
        normalise_source(s.text)[:120]
        for path in reports
        for s in segment(read_document(path)).segments
        if s.kind != "furniture"
    ]
    random.Random(1).shuffle(texts)
    return texts


def main() -> None:
    """Measure everything and write it down."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("reports", type=Path, help="a folder of reports (.txt)")
    parser.add_argument(
        "--pairs", type=Path, help="source and reference, tab-separated: to compare the quality"
    )
    parser.add_argument("--model", default="gov-zh-en")
    parser.add_argument("--beam", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--documents", type=int, nargs="+", default=[1, 10, 40, 200])
    parser.add_argument(
        "--tiny",
        action="store_true",
        help="a trial of this script: one short round, its numbers mean nothing",
    )
    parser.add_argument("-o", "--output", type=Path, default=HERE)
    arguments = parser.parse_args()
    if arguments.tiny:
        arguments.rounds, arguments.seconds, arguments.documents = 1, 0.1, [1, 3]
        FEWEST.update({"jianbao": 8, "transformers_batched": 4})
    reports = sorted(arguments.reports.glob("*.txt"))[:20]
    clock = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["JIANBAO_CACHE"] = str(folder / "cache")
        lines = sentences_of(reports)
        turns = {"beam": arguments.beam, "rounds": arguments.rounds, "seconds": arguments.seconds}
        results: dict[str, Any] = {"machine": machine(), "beam": arguments.beam, "reports": len(reports)}
        results["shipped"] = compare(arguments.model, lines, folder, length=0, **turns)
        if arguments.pairs:
            rows = arguments.pairs.read_text(encoding="utf-8").splitlines()[: 4 if arguments.tiny else 200]
            pairs = [(row.split("\t")[0], row.split("\t")[1]) for row in rows]
            results["quality"] = quality(pairs, arguments.model, folder, beam=arguments.beam)
        untrained = str(make_untrained(folder / "untrained"))
        results["untrained"] = compare(untrained, lines, folder, length=FIXED_LENGTH, **turns)
        results["scaling"] = measure_scaling(reports, folder, arguments.documents)
        results["minutes"] = (time.perf_counter() - clock) / 60
    arguments.output.mkdir(parents=True, exist_ok=True)
    (arguments.output / "results.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    write_report(results, arguments.output)


def machine() -> dict[str, Any]:
    """The processor, its cores, and what it can do at most in float32 (measured, in 10^9 operations a second)."""
    import numpy as np

    model = next(
        (line.split(":")[1].strip() for line in _cpuinfo() if line.startswith("model name")),
        platform.processor(),
    )
    flags = next((line for line in _cpuinfo() if line.startswith("flags")), "")
    matrix = np.ones((2048, 2048), np.float32)
    best = float("inf")
    for _ in range(3):
        clock = time.perf_counter()
        matrix @ matrix
        best = min(best, time.perf_counter() - clock)
    return {
        "processor": model,
        "cores": len(os.sched_getaffinity(0)),
        "vnni": "vnni" in flags,
        "float32_gflops": 2 * 2048**3 / best / 1e9,
        "python": platform.python_version(),
    }


def _cpuinfo() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


if __name__ == "__main__":
    main()
