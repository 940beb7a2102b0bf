"""Feed one target, in this process: `python -m tests.fuzz.one NAME [options of libFuzzer] [corpus]`."""

import sys

import atheris

with atheris.instrument_imports(include=["generator"]):
    from tests.fuzz.targets import TARGETS


if __name__ == "__main__":
    target = TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()
