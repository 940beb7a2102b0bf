"""A new release beside the old ones, then the link swapped: readers get one whole release at every moment.

Content is judged elsewhere; here a verdict is given. Each step may be the last: `tidy` takes up what an
interrupted run left.
"""

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from generator.publication.destination import (
    GONE,
    LIVE,
    NEW,
    OLD,
    RELEASES,
    Destination,
    release_folder,
    site_folder,
)
from generator.publication.ledger import Withdrawal, ledger_file
from generator.publication.proof import refuse, release_faults, site_faults
from generator.publication.releases import (
    LEDGER_FILE,
    RELEASE_FILE,
    SIGNATURE_FILE,
    Release,
    Standing,
    digest,
    manifest_at,
    read_at,
    release_file,
    release_name,
    standing_at,
)
from generator.publication.signing import signature
from generator.site.lasting import outlasting
from generator.site.seal import Manifest, manifest_file, read_manifest
from generator.words.problems import PublishStop
from generator.words.urls import MANIFEST, SUMS

_BLOCK = 4096
_MARGIN = 1 << 20
_CLOCK = 60
# `Destination.stage` or `copy` with the source given: puts the files of a site into a folder there.
Fill = Callable[[Iterable[str], str, str | None, int], None]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of a site that may be published: its address, the commit that it was built from."""

    site_url: str
    commit: str | None


def tidy(to: Destination) -> None:
    """Clean up after an interrupted run.

    Raises:
        PublishStop: the link was set back to an older release by hand.
    """
    look = to.look()
    for name in look.unfinished:
        if name.startswith(OLD) and name.removeprefix(OLD) not in look.releases:
            to.move(f"{RELEASES}/{name}", release_folder(name.removeprefix(OLD)))
        else:
            to.remove(f"{RELEASES}/{name}")
    later = [name for name in look.releases if look.current is None or name > look.current]
    for name in later:
        if name in look.live:
            raise PublishStop(
                f"读者看到的是第 {look.current} 版，而第 {name} 版公开过：current 被人改动。"
                f"用 rollback 回到旧版；要继续，先把 current 指回第 {name} 版。"
                "（current was set back by hand to an older release; point it to the newest again）"
            )
        _drop(to, name)  # it was made, but readers never got it
    if look.current and look.current not in look.live:
        to.write(f"{release_folder(look.current)}/{LIVE}", b"")


def _drop(to: Destination, name: str) -> None:
    to.move(release_folder(name), f"{RELEASES}/{GONE}{name}")
    to.remove(f"{RELEASES}/{GONE}{name}")


def publish(site: Path, to: Destination, verdict: Verdict, keep: int, key: Path | None) -> Release:
    """Publish a proved site. The caller holds the turn and has tidied up.

    Args:
        site: The site's folder, sealed.
        to: Where it goes.
        verdict: What is known of the site.
        keep: How many releases stay.
        key: The private key to sign with, or None.

    Raises:
        PublishStop: it does not fit, or cannot be written; readers have the last release as before.
        VerifyStop: what arrived is not what was sent.
    """
    manifest = read_manifest((site / MANIFEST).read_bytes())
    release = put(to, standing_at(to), manifest, partial(to.stage, site), verdict, key)
    prune(to, keep)
    return release


def rollback(to: Destination, serial: int | None, keep: int, key: Path | None) -> Release:
    """Bring an older release back, as a new one: the serial only grows, so that nobody can pass an old release for new.

    Args:
        to: The destination. The caller holds the turn and has tidied up.
        serial: Which one; the one before whose files differ when None.
        keep: How many releases stay.
        key: The private key to sign with, or None.

    Raises:
        PublishStop: there is no such release.
        VerifyStop: it is not whole any more.
    """
    standing = standing_at(to)
    older = _older(to, standing, serial)
    refuse(release_faults(to, older.name, None))
    release = put(
        to,
        standing,
        manifest_at(to, older),
        partial(to.copy, site_folder(older.name)),
        Verdict(older.site_url, older.commit),
        key,
        restores=older.serial,
        withdrawn=older.withdrawn,
    )
    prune(to, keep)
    return release


def _older(to: Destination, standing: Standing, serial: int | None) -> Release:
    names = [name for name in standing.look.releases if standing.look.current and name < standing.look.current]
    if serial is not None and release_name(serial) not in names:
        raise PublishStop(f"没有第 {serial} 版可以回到；有 {'、'.join(names) or '（无）'}。（no such older release）")
    asked = names if serial is None else [release_name(serial)]
    for name in reversed(asked):
        _, release = read_at(to, name)
        if serial is not None or (standing.release and release.manifest != standing.release.manifest):
            return release
    raise PublishStop("没有更早的、内容不同的一版可以回到。（there is no older release to go back to）")


def put(
    to: Destination,
    standing: Standing,
    manifest: Manifest,
    fill: Fill,
    verdict: Verdict,
    key: Path | None,
    *,
    restores: int | None = None,
    kept: Manifest | None = None,
    withdrawn: Iterable[Withdrawal] = (),
    new_withdrawn: Iterable[Withdrawal] = (),
) -> Release:
    """Make the next release and swap the link.

    Args:
        to: The destination.
        standing: What readers get now.
        manifest: The files of the new site.
        fill: Puts them there.
        verdict: What is known of the site.
        key: The private key to sign with, or None.
        restores: The serial whose site it has, of a rollback.
        kept: Which files of the last release stay for pages that are open; all with lasting names when None.
        withdrawn: What was taken out of these files after they were built.
        new_withdrawn: What of that the ledger does not know yet.
    """
    if standing.signed and key is None:
        raise PublishStop("以前各版有签名：用 --key 给出签名的密钥。（earlier releases are signed; give --key）")
    like = site_folder(standing.release.name) if standing.release else None
    if kept is None:
        kept = {name: standing.manifest[name] for name in outlasting(standing.manifest, manifest)}
    refuse_full(standing, manifest)
    at = _fresh(standing)
    serial = standing.serial + 1
    ledger = ledger_file(standing.ledger.grown(manifest, serial, new_withdrawn))
    release = Release(
        serial,
        time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at)),
        verdict.site_url,
        verdict.commit,
        restores,
        standing.before,
        digest(manifest_file(manifest)),
        digest(ledger),
        kept,
        tuple(withdrawn),
    )
    new = f"{RELEASES}/{NEW}{release.name}"
    try:
        fill([*manifest, MANIFEST, SUMS], f"{new}/site", like, at)
        if like:
            to.copy(like, kept, f"{new}/site", like, at)
        seal_release(to, new, release, ledger, key)
        refuse(site_faults(to, f"{new}/site", release))
        to.flush(new)
        to.move(new, release_folder(release.name))
    except BaseException:
        with suppress(OSError, PublishStop):  # else the next run cleans up
            to.remove(new)
        raise
    to.point(release.name)
    to.write(f"{release_folder(release.name)}/{LIVE}", b"")
    return release


def seal_release(to: Destination, folder: str, release: Release, ledger: bytes, key: Path | None) -> None:
    """Write what a release says of itself: beside its site, and in it for readers."""
    to.write(f"{folder}/{LEDGER_FILE}", ledger)
    data = release_file(release)
    said = {RELEASE_FILE: data} | ({SIGNATURE_FILE: signature(data, key)} if key else {})
    for name, each in said.items():
        to.write(f"{folder}/{name}", each)
        to.write(f"{folder}/site/{name}", each)


def refuse_full(standing: Standing, manifest: Manifest) -> None:
    """Raises: PublishStop: what is new in these files does not fit."""
    new = [file for name, file in manifest.items() if standing.manifest.get(name) != file]
    folders = {name.rpartition("/")[0] for name in manifest}
    needed = sum(-(-file.size // _BLOCK) for file in new) * _BLOCK + len(folders) * _BLOCK + _MARGIN
    look = standing.look
    if look.free < needed or look.free_files < len(new) + len(folders):
        raise PublishStop(
            f"空间不够：要 {needed // 1024} KiB、{len(new) + len(folders)} 个文件，"
            f"有 {look.free // 1024} KiB、{look.free_files} 个；腾出空间，或用 prune 删去旧版。"
            "（not enough space at the destination; free some, or prune）"
        )


def _fresh(standing: Standing) -> int:
    """The time of change of what is new: later than in every release before, to the second in which servers tell it."""
    last = _seconds(standing.release.at) if standing.release else 0
    if last - standing.look.now > _CLOCK:
        raise PublishStop(
            f"那边的时钟比上一版的时间慢 {last - standing.look.now} 秒，先校准。（the clock there is behind; set it）"
        )
    return max(standing.look.now, last + 1)


def _seconds(at: str) -> int:
    return int(datetime.fromisoformat(at).timestamp())


def prune(to: Destination, keep: int) -> list[str]:
    """Remove all but the last releases; the one that readers get always stays. Returns the names of what went."""
    look = to.look()
    gone = [name for name in look.releases[:-keep] if name != look.current]
    for name in gone:
        _drop(to, name)
    return gone
