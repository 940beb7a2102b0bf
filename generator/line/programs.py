"""A digest of the programs that make a site: what they make is theirs alone while it is the same."""

import hashlib
import sys
import sysconfig
import zlib
from pathlib import Path

from generator.exports.database import made_with
from generator.site.fingerprints import Fingerprints

_OWN = Path(__file__).parent.parent


def digest_of_programs(prints: Fingerprints) -> str:
    """Python with its libraries, the installed packages by name and version, and every file of the generator."""
    packages = sorted(path.name for path in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
    versions = (sys.version, zlib.ZLIB_RUNTIME_VERSION, *made_with(), *packages)
    return hashlib.sha256("\n".join((*versions, prints.of_tree(_OWN))).encode()).hexdigest()
