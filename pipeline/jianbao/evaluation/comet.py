"""COMET scores from a process of their own: its packages and ours do not go together (transformers < 5).

The process reads JSON lines ``{"src": …, "mt": …, "ref": …}`` from its standard input, ``ref`` only where there is
one, and writes as many lines ``{"score": …}`` to its standard output. ``eval/comet_scorer.py`` is such a program.
"""

import json
import shlex
import subprocess
from collections.abc import Sequence

from jianbao.errors import SettingsError

_HINT = "make an environment of its own with eval/comet_scorer.py and unbabel-comet, or leave --comet out"


def comet_scores(command: str, rows: Sequence[tuple[str, str, str]]) -> list[float]:
    """The score of each (source, hypothesis, reference) by ``command``, a shell-like command line.

    Raises:
        SettingsError: the command does not run, fails, or does not answer with one score a row.
    """
    lines = [
        json.dumps(
            {"src": source, "mt": english} | ({"ref": reference} if reference else {}), ensure_ascii=False
        )
        for source, english, reference in rows
    ]
    try:
        done = subprocess.run(
            shlex.split(command),
            input="\n".join(lines) + "\n",
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    except (OSError, ValueError) as error:
        raise SettingsError(f"COMET cannot be run as {command!r} ({error}); {_HINT}") from error
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise SettingsError(f"COMET ({command!r}) ended with code {done.returncode}: {last}; {_HINT}")
    try:
        scores = [float(json.loads(line)["score"]) for line in done.stdout.splitlines() if line.strip()]
    except (ValueError, KeyError, TypeError) as error:
        raise SettingsError(
            f'COMET ({command!r}) must write lines like {{"score": 0.8}}, but: {error}'
        ) from error
    if len(scores) != len(rows):
        raise SettingsError(
            f"COMET ({command!r}) gave {len(scores)} scores for {len(rows)} segments; {_HINT}"
        )
    return scores
