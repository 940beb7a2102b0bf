"""Compiled templates, kept from one build to the next: compiling them takes longer than a changed record's pages."""

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from generator.site.kept import Kept


class CompiledTemplates(BytecodeCache):
    """Keeps what Jinja compiles, under the digest of the programs; Jinja itself looks at the templates' words."""

    def __init__(self, kept: Kept, programs: str) -> None:
        self.kept = kept
        self.programs = programs

    def load_bytecode(self, bucket: Bucket) -> None:
        """Hand over what is kept, if it is whole: damaged code would end the process."""
        code = self.kept.get(_name(bucket), self.programs)
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self.kept.put(_name(bucket), self.programs, bucket.bytecode_to_string())


def _name(bucket: Bucket) -> str:
    return f"templates/{bucket.key}"
