"""Scores JSON lines with COMET; runs in an environment of its own that has unbabel-comet and nothing of ours.

    python eval/comet_scorer.py [--model Unbabel/wmt22-comet-da] [--batch-size 16] < rows.jsonl > scores.jsonl

In: ``{"src": …, "mt": …, "ref": …}``. Out: ``{"score": …}``, as many lines. Without references take a model that
needs none, such as Unbabel/wmt22-cometkiwi-da.
"""

import argparse
import contextlib
import json
import sys


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--model", default="Unbabel/wmt22-comet-da", help="a hub id, or a checkpoint file")
    parser.add_argument("--batch-size", type=int, default=16)
    parser.add_argument("--gpus", type=int, default=0)
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in sys.stdin if line.strip()]
    # COMET and its libraries print to standard output, which is ours to answer on.
    with contextlib.redirect_stdout(sys.stderr):
        from comet import download_model, load_from_checkpoint

        path = arguments.model if arguments.model.endswith(".ckpt") else download_model(arguments.model)
        model = load_from_checkpoint(path)
        scores = model.predict(rows, batch_size=arguments.batch_size, gpus=arguments.gpus).scores
    for score in scores:
        print(json.dumps({"score": float(score)}))


if __name__ == "__main__":
    main()
