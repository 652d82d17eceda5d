"""The log of an output folder: what went wrong, with tracebacks, for whoever has to find out why."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOG_FILE = "jianbao.log"


@contextmanager
def run_log(directory: Path) -> Iterator[None]:
    """Write warnings and errors of this package to ``directory/jianbao.log``, which is made when there is one."""
    logger = logging.getLogger("jianbao")
    handler = logging.FileHandler(directory / LOG_FILE, encoding="utf-8", delay=True)
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        handler.close()
