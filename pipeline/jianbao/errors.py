"""The error tree. Every error that a user can cause says in one sentence what, where and what to do.

::

    JianbaoError                exit code
    ├── SettingsError           2   usage, profile or override
    │   └── GlossaryError       2   a glossary file, with its line
    ├── InputError              3   a document that cannot be read
    │   └── LimitError          3   a document beyond the limits
    └── ModelError              4   a checkpoint that is missing or does not load
"""


class JianbaoError(Exception):
    """Base of all errors that Jianbao raises on purpose."""

    exit_code = 1


class SettingsError(JianbaoError):
    """A setting, profile, flag or environment variable is unknown or has a wrong value."""

    exit_code = 2


class GlossaryError(SettingsError):
    """A glossary file is malformed."""


class InputError(JianbaoError):
    """A document cannot be read."""

    exit_code = 3


class LimitError(InputError):
    """A document is larger, deeper or slower than the limits allow."""


class ModelError(JianbaoError):
    """A model is missing, incomplete or not loadable."""

    exit_code = 4
