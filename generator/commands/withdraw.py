"""A record withdrawn: the one exception to "nothing is lost", for personal data or secrets that slipped out.

Readers first get a new release without it; then every release that is kept is put in order, so that going back
brings nothing back. What is to be done is written down at the destination before the first step, and taken
up again by the next publisher after an interruption.
"""

import json
import tempfile
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

from generator.exports.tombstones import take_out
from generator.publication.destination import LIVE, NEW, OLD, RELEASES, Destination, release_folder, site_folder
from generator.publication.ledger import Withdrawal, read_withdrawal
from generator.publication.publish import Verdict, put, seal_release
from generator.publication.releases import (
    SIGNATURE_FILE,
    Before,
    digest,
    ledger_at,
    manifest_at,
    read_at,
    release_file,
    standing_at,
)
from generator.site.seal import manifest_file, read_manifest, seal
from generator.words.problems import PublishStop
from generator.words.urls import MANIFEST, SUMS, is_of_search, source_url

JOURNAL = "withdrawing.json"


def withdraw(to: Destination, withdrawal: Withdrawal, key: Path | None) -> list[str]:
    """Take a record out of every release at a destination.

    Args:
        to: The destination. The caller holds the turn and has tidied up.
        withdrawal: What is withdrawn, when and why.
        key: The private key to sign with, or None.

    Returns:
        The names of the releases that held it.

    Raises:
        PublishStop: nothing was published, or no release has the record; releases are signed and no key is given.
    """
    look = to.look()
    if look.current is None:
        raise PublishStop("这里还没有发布过。（nothing was published here）")
    if not any(f"{withdrawal.id}/record.json" in to.listing(site_folder(name)) for name in look.releases):
        raise PublishStop(
            f"各版里都没有 {withdrawal.id}；编号如 sstec/2024/targets/03。（no release has such a record）"
        )
    if key is None and any(to.read(f"{release_folder(name)}/{SIGNATURE_FILE}") for name in look.releases):
        raise PublishStop("以前各版有签名：用 --key 给出签名的密钥。（earlier releases are signed; give --key）")
    to.write(JOURNAL, (json.dumps(asdict(withdrawal), ensure_ascii=False) + "\n").encode())
    return _carry_out(to, withdrawal, key)


def finish(to: Destination, key: Path | None) -> Withdrawal | None:
    """Carry out to its end what an interrupted withdrawal began; None when there is none."""
    data = to.read(JOURNAL)
    if data is None:
        return None
    withdrawal = read_withdrawal(json.loads(data))
    _carry_out(to, withdrawal, key)
    return withdrawal


def _carry_out(to: Destination, withdrawal: Withdrawal, key: Path | None) -> list[str]:
    renewed = _renewed(to, withdrawal, key)
    held = {name for name in to.look().releases if _put_in_order(to, name, withdrawal, key)}
    _relink(to, key)
    to.remove(JOURNAL)
    return sorted(held | renewed)


def _renewed(to: Destination, withdrawal: Withdrawal, key: Path | None) -> set[str]:
    """Readers get a release without the record, unless theirs is without; gives the name of theirs if it had it."""
    standing = standing_at(to)
    release = standing.release
    if release is None:
        raise PublishStop("这里还没有发布过。（nothing was published here）")
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        to.fetch(site_folder(release.name), [*standing.manifest, MANIFEST, SUMS], site)
        changed = _cleaned(site, withdrawal)
        if not changed and not any(map(is_of_search, release.kept)):
            return set()
        put(
            to,
            standing,
            read_manifest((site / MANIFEST).read_bytes()),
            partial(to.stage, site),
            Verdict(release.site_url, release.commit),
            key,
            kept={},  # what was taken out is not kept for pages that are open
            withdrawn=(*release.withdrawn, withdrawal),
            new_withdrawn=[] if withdrawal in standing.ledger.withdrawn else [withdrawal],
        )
    return {release.name} if changed else set()


def _cleaned(site: Path, withdrawal: Withdrawal) -> bool:
    """Take the record out of a site here and seal it anew; False where it was not there."""
    source = source_url(withdrawal.id.rpartition("/")[0]) if withdrawal.source else None
    changed = take_out(site, withdrawal.id, withdrawal.on, withdrawal.reason, source)
    if changed:
        seal(site)
    return bool(changed)


def _put_in_order(to: Destination, name: str, withdrawal: Withdrawal, key: Path | None) -> bool:
    """An older release without the record takes the place of the one with it; False where it was without."""
    release = read_at(to, name)[1]
    folder, new = site_folder(name), f"{RELEASES}/{NEW}{name}"
    manifest = manifest_at(to, release)
    kept = {file: facts for file, facts in release.kept.items() if not is_of_search(file)}
    with tempfile.TemporaryDirectory() as work:
        site = Path(work)
        to.fetch(folder, [*manifest, MANIFEST, SUMS], site)
        changed = _cleaned(site, withdrawal)
        if not changed and len(kept) == len(release.kept):
            return False
        manifest = read_manifest((site / MANIFEST).read_bytes())
        at = to.look().now
        to.stage(site, [*manifest, MANIFEST, SUMS], f"{new}/site", folder, at)
    to.copy(folder, kept, f"{new}/site", folder, at)
    order = replace(
        release, manifest=digest(manifest_file(manifest)), kept=kept, withdrawn=(*release.withdrawn, withdrawal)
    )
    seal_release(to, new, order, ledger_at(to, name), key)
    to.write(f"{new}/{LIVE}", b"")
    to.flush(new)
    to.move(release_folder(name), f"{RELEASES}/{OLD}{name}")
    to.move(new, release_folder(name))
    to.remove(f"{RELEASES}/{OLD}{name}")
    return changed


def _relink(to: Destination, key: Path | None) -> None:
    """Each release names the one before it by digest, which has changed."""
    before: Before | None = None
    for name in to.look().releases:
        data, release = read_at(to, name)
        if before and release.previous and release.previous != before:
            release = replace(release, previous=before)
            data = release_file(release)
            seal_release(to, release_folder(name), release, ledger_at(to, name), key)
        before = Before(release.serial, digest(data))
