"""``python -m jianbao``."""

import sys

from jianbao.cli import main

if __name__ == "__main__":
    sys.exit(main())
