"""Extension points are packages: each module in one is a plug-in, found by its name, imported when used."""

import importlib
import pkgutil
from types import ModuleType

from jianbao.errors import SettingsError


def plugin_names(package: ModuleType) -> tuple[str, ...]:
    """The names of the plug-ins of ``package``, sorted; modules whose name starts with ``_`` are helpers."""
    return tuple(sorted(m.name for m in pkgutil.iter_modules(package.__path__) if not m.name.startswith("_")))


def load_plugin(package: ModuleType, name: str) -> ModuleType:
    """Import plug-in ``name`` of ``package``.

    Raises:
        SettingsError: there is no such plug-in; the message lists those that exist.
    """
    names = plugin_names(package)
    if name not in names:
        kind = package.__name__.rpartition(".")[2]
        raise SettingsError(f"no plug-in {name!r} in {kind}; there are {', '.join(names)}")
    return importlib.import_module(f"{package.__name__}.{name}")
