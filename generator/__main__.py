"""`python -m generator`."""

import gc
import sys

try:
    gc.disable()  # nothing goes of what is read now: looking for it takes a tenth of the program's start
    from generator.cli import main

    gc.enable()
    status = main()
    gc.freeze()  # else Python looks through all that was read before it ends: a quarter of a second at 20,000 records
    sys.exit(status)
except KeyboardInterrupt:  # while the program is still being read
    sys.exit(130)
