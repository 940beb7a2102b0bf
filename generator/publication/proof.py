"""A published copy against what it says of itself: each difference is named in its own words."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from posixpath import join

from generator.publication.destination import Destination, release_folder, site_folder
from generator.publication.folder import Folder
from generator.publication.releases import (
    LEDGER_FILE,
    RELEASE_FILE,
    SIGNATURE_FILE,
    Before,
    Release,
    digest,
    read_at,
    read_release,
    release_name,
)
from generator.publication.signing import fault
from generator.site.seal import Manifest, read_manifest, sums_file
from generator.site.verify import refuse_faults
from generator.words.urls import MANIFEST, SUMS

_BESIDE = frozenset((RELEASE_FILE, SIGNATURE_FILE))


def refuse(faults: Sequence[str]) -> None:
    """Raises: VerifyStop: there are faults; the first of them are named."""
    refuse_faults("核对没有通过（verification failed）", faults)


def site_faults(at: Destination, folder: str, release: Release | None) -> list[str]:
    """What of a site's files is not as its manifest has it.

    Args:
        at: Where it lies.
        folder: The site's folder there.
        release: What its release.json says; without it the manifest is taken at its word.
    """
    data = at.read(join(folder, MANIFEST))
    if data is None:
        return [f"{MANIFEST}: 缺少（missing）"]
    if release and digest(data) != release.manifest:
        return [f"{MANIFEST}: 清单被改动，与 {RELEASE_FILE} 记的校验值不同（the manifest was tampered with）"]
    files = read_manifest(data)
    faults = _files_faults(at, folder, files, release.kept if release else {})
    if at.read(join(folder, SUMS)) != sums_file(files):
        faults.append(f"{SUMS}: 被改动，与清单不同（tampered）")
    return faults


def _files_faults(at: Destination, folder: str, files: Manifest, kept: Manifest) -> list[str]:
    there = at.listing(folder)
    expected = {**kept, **files}
    faults = [f"{name}: 缺少（missing）" for name in sorted(expected.keys() - there.keys())]
    extra = there.keys() - expected.keys() - {MANIFEST, SUMS} - _BESIDE
    faults += [f"{name}: 多出来的，清单里没有（extra）" for name in sorted(extra)]
    linked = [name for name, size in there.items() if size is None]
    faults += [f"{name}: 是链接或特殊文件（a link or special file）" for name in sorted(linked)]
    plain = {name: file for name, file in expected.items() if there.get(name) is not None}
    differing = at.differing(folder, {name: file.sha256 for name, file in plain.items()})
    faults += [f"{name}: 被改动，内容与清单不同（tampered）" for name in sorted(differing)]
    return faults


def release_faults(at: Destination, name: str, signers: Path | None) -> list[str]:
    """What of a release at a destination is not as it says: its serial, signature, ledger and files."""
    folder = release_folder(name)
    data = at.read(f"{folder}/{RELEASE_FILE}")
    if data is None:
        return [f"{name}/{RELEASE_FILE}: 缺少（missing）"]
    release = read_release(data)
    faults = [f"{name}/{each}" for each in site_faults(at, site_folder(name), release)]
    if release.name != name:
        faults.append(f"{name}: 重放的旧版：{RELEASE_FILE} 说是第 {release.serial} 版（a replayed older release）")
    faults += [
        f"{name}/site/{each}: 被改动，与站点旁边的不同（tampered）"
        for each in sorted(_BESIDE)
        if at.read(f"{folder}/{each}") != at.read(f"{site_folder(name)}/{each}")
    ]
    ledger = at.read(f"{folder}/{LEDGER_FILE}")
    if ledger is None or digest(ledger) != release.ledger:
        faults.append(f"{name}/{LEDGER_FILE}: 被改动或缺少（tampered or missing）")
    if signers:
        signed = at.read(f"{folder}/{SIGNATURE_FILE}")
        faults += [f"{name}/{each}" for each in _signature_faults(data, signed, release, signers)]
    return faults


def _signature_faults(data: bytes, signed: bytes | None, release: Release, signers: Path) -> list[str]:
    day = "".join(c for c in release.at if c.isdigit() or c == "Z")
    wrong = fault(data, signed, signers, day)
    return [f"{RELEASE_FILE}: {wrong}"] if wrong else []


def _replay_faults(release: int, seen: int) -> list[str]:
    said = f"重放的旧版：这是第 {release} 版，已知有第 {seen} 版（a replayed older release）"
    return [f"{RELEASE_FILE}: {said}"] if release < seen else []


def destination_faults(at: Destination, signers: Path | None, seen: int = 0) -> list[str]:
    """What is wrong at a destination: of each release, of their order, and of the link that readers follow.

    Args:
        at: The destination.
        signers: The file of allowed signers, or None.
        seen: The serial of the latest release that one knows of; 0 when none.
    """
    look = at.look()
    if look.current is None:
        return ["current: 没有指到任何一版（points to no release）"]
    faults = [each for name in look.releases for each in release_faults(at, name, signers)]
    faults += _replay_faults(int(look.current), seen)
    if look.current != look.releases[-1]:
        faults.append(
            f"current: 重放的旧版：指到第 {int(look.current)} 版，而已有第 {int(look.releases[-1])} 版；"
            "发布被中断时也会这样，再发布一次就好（a replayed older release, or an interrupted publish）"
        )
    return faults + (_chain_faults(at, look.releases) if not faults else [])


def _chain_faults(at: Destination, names: tuple[str, ...]) -> list[str]:
    """Each release names the one before it by digest."""
    faults = []
    before: Before | None = None
    for name in names:
        data, release = read_at(at, name)
        previous = release.previous
        if before and previous != before:
            broken = previous and previous.serial == before.serial
            gap = f"前一版应是 {release_name(before.serial)}，记的不是它（the chain has a gap）"
            wrong = "与前一版接不上，前一版被改动（the chain is broken）" if broken else gap
            faults.append(f"{name}/{RELEASE_FILE}: {wrong}")
        before = Before(release.serial, digest(data))
    return faults


def copy_faults(copy: Path, said: Path | None, signers: Path | None, seen: int) -> list[str]:
    """What is wrong with a downloaded or copied site.

    Args:
        copy: The site's folder.
        said: Its release.json, whatever it is called, with `.sig` beside it; None: the manifest is taken at its word.
        signers: The file of allowed signers, or None.
        seen: The serial of the latest release that one knows of; 0 when none.
    """
    at = Folder(copy)
    if said is None:
        return site_faults(at, "", None)
    data = said.read_bytes()
    release = read_release(data)
    faults = site_faults(at, "", replace(release, kept=_kept_there(at, release)))
    if signers:
        signed = Folder(said.parent).read(f"{said.name}.sig")
        faults += _signature_faults(data, signed, release, signers)
    return faults + _replay_faults(release.serial, seen)


def _kept_there(at: Folder, release: Release) -> Manifest:
    """Files of the release before are for pages that are open already; a copy need not have them."""
    there = at.listing("")
    return {name: file for name, file in release.kept.items() if name in there}
