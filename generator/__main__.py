"""`python -m generator`."""

import sys

try:
    from generator.cli import main

    sys.exit(main())
except KeyboardInterrupt:  # while the program is still being read
    sys.exit(130)
