"""Every test runs on its own cache and translation memory, with the environment of the user out of the way."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent
SEED = REPOSITORY / "seeds" / "zhongshan-science-bureau-2018.txt"
MESSY = REPOSITORY / "tests" / "data" / "messy"


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    kept = {name: value for name, value in os.environ.items() if name.startswith("JIANBAO_")}
    for name in kept:
        if name != "JIANBAO_UPDATE_GOLDEN":
            del os.environ[name]
    os.environ["JIANBAO_CACHE"] = str(tmp_path_factory.mktemp("cache"))
    os.environ["JIANBAO_MEMORY"] = str(tmp_path_factory.mktemp("memory") / "memory.sqlite3")
    yield
    os.environ.update(kept)


@pytest.fixture
def seed() -> Path:
    return SEED


@pytest.fixture(params=sorted(MESSY.glob("*.txt")), ids=lambda path: path.stem[:2])
def messy_page(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path
