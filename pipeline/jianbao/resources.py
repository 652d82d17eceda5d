"""Where the shipped models, profiles and glossaries lie: in a checkout or inside the installed package."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_root() -> Path:
    """The folder that holds ``models/`` and ``configs/``.

    In a checkout that is the repository root (two levels above the package), in an installed wheel ``data/``
    inside the package.
    """
    checkout = _PACKAGE.parent.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "configs").is_dir():
        return checkout
    return _PACKAGE / "data"


def models_dir() -> Path:
    """The folder of the shipped checkpoints, one directory each."""
    return data_root() / "models"


def configs_dir() -> Path:
    """The folder of the shipped profiles and, below ``glossaries/``, glossaries."""
    return data_root() / "configs"
