"""A release: what it says of itself, and what is read of the releases at a destination.

`release.json` is the one thing to trust: it has the digests of the manifest and of the ledger, and that of
the `release.json` before it. It lies beside the site, and for readers also in it. A serial only grows; a
rollback is a new release of old files.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, replace

from generator.publication.destination import Destination, Look, release_folder, site_folder
from generator.publication.ledger import EMPTY, Ledger, Withdrawal, read_ledger, read_withdrawal
from generator.site.seal import Manifest, Sealed, read_files, read_manifest
from generator.words.problems import VerifyStop
from generator.words.urls import MANIFEST

FORMAT = 1
RELEASE_FILE, SIGNATURE_FILE, LEDGER_FILE = "release.json", "release.json.sig", "ledger.json"


@dataclass(frozen=True, slots=True)
class Before:
    """The release before: its serial, and the SHA-256 of its release.json."""

    serial: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Release:
    """What release.json says.

    `at` is when it was published (UTC); `commit` the git commit that it was built from, if one is known; `restores`
    the serial whose site a rollback brought back. `manifest` and `ledger` are SHA-256; `kept` are files of the
    release before, which pages that were opened before still ask for.
    """

    serial: int
    at: str
    site_url: str
    commit: str | None
    restores: int | None
    previous: Before | None
    manifest: str
    ledger: str
    kept: Manifest
    withdrawn: tuple[Withdrawal, ...] = ()

    @property
    def name(self) -> str:
        return release_name(self.serial)


def release_name(serial: int) -> str:
    return f"{serial:06}"


def release_file(release: Release) -> bytes:
    """`release.json`: the form of it and what the release says, in the order of `Release`."""
    facts = {"format": FORMAT, **asdict(replace(release, kept=dict(sorted(release.kept.items()))))}
    return (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode()


def read_release(data: bytes) -> Release:
    """Raises: VerifyStop: it is none."""
    try:
        said = json.loads(data)
        if said["format"] != FORMAT:
            raise ValueError(said["format"])
        before = said["previous"]
        return Release(
            int(said["serial"]),
            str(said["at"]),
            str(said["site_url"]),
            None if said["commit"] is None else str(said["commit"]),
            None if said["restores"] is None else int(said["restores"]),
            before and Before(int(before["serial"]), str(before["sha256"])),
            str(said["manifest"]),
            str(said["ledger"]),
            read_files(said["kept"]),
            tuple(map(read_withdrawal, said["withdrawn"])),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise VerifyStop(f"{RELEASE_FILE}: 不是发布记录，读不出来（not a release.json）") from error


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Standing:
    """What readers get at a destination; nothing yet where `release` is None."""

    look: Look
    release: Release | None
    before: Before | None
    manifest: Manifest
    ledger: Ledger
    signed: bool

    @property
    def serial(self) -> int:
        return self.release.serial if self.release else 0


def standing_at(to: Destination) -> Standing:
    """Read what stands at a destination.

    Raises:
        VerifyStop: its release.json, manifest or ledger cannot be read, or do not belong together.
    """
    look = to.look()
    if look.current is None:
        return Standing(look, None, None, {}, EMPTY, signed=False)
    data, release = read_at(to, look.current)
    manifest = manifest_at(to, release)
    ledger = ledger_at(to, look.current)
    if digest(ledger) != release.ledger:
        raise VerifyStop(f"{look.current}/{LEDGER_FILE}: 被改动（the ledger is tampered）")
    signed = to.read(f"{release_folder(look.current)}/{SIGNATURE_FILE}") is not None
    return Standing(look, release, Before(release.serial, digest(data)), manifest, read_ledger(ledger), signed)


def read_at(to: Destination, name: str) -> tuple[bytes, Release]:
    """A release's release.json, as bytes and read."""
    data = to.read(f"{release_folder(name)}/{RELEASE_FILE}")
    if data is None:
        raise VerifyStop(f"{name}/{RELEASE_FILE}: 缺少（missing）")
    return data, read_release(data)


def ledger_at(to: Destination, name: str) -> bytes:
    """The ledger that lies beside a release."""
    data = to.read(f"{release_folder(name)}/{LEDGER_FILE}")
    if data is None:
        raise VerifyStop(f"{name}/{LEDGER_FILE}: 缺少（missing）")
    return data


def manifest_at(to: Destination, release: Release) -> dict[str, Sealed]:
    """The manifest of a release.

    Raises:
        VerifyStop: it is not the one that release.json speaks of.
    """
    data = to.read(f"{site_folder(release.name)}/{MANIFEST}")
    if data is None or digest(data) != release.manifest:
        raise VerifyStop(f"{release.name}/site/{MANIFEST}: 清单被改动或缺少（the manifest is tampered or missing）")
    return read_manifest(data)
