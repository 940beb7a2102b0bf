"""The command `publish`: check against what is published, build, pass the gates, put the release in place."""

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

from generator.changes.comparison import compare
from generator.changes.diff import as_text
from generator.changes.published import read_site
from generator.changes.state import State, state_of
from generator.checks.gates import lost_addresses, returned, sign_offs
from generator.commands.keeping import add_destination, add_keep, add_key, publisher_at
from generator.commands.telling import talk
from generator.line.check import Checked, check_content
from generator.pages.plan import make_plan
from generator.pipeline import Site, built_site, content_digest
from generator.publication.branch import SCHEME, publish_branch, read_branch
from generator.publication.destination import Destination, site_folder
from generator.publication.ledger import addresses_of
from generator.publication.publish import Verdict, publish
from generator.publication.reach import destination_of
from generator.publication.releases import Standing, standing_at
from generator.reading.revisions import source_commit
from generator.reading.settings import Settings
from generator.site.seal import manifest_file, read_manifest
from generator.words.problems import ContentStop, Problem, PublishStop, SettingsStop, Severity
from generator.words.urls import MANIFEST, disclosure_json_url, page_url, record_json_url


def add_words(parser: argparse.ArgumentParser) -> None:
    """The words that the command takes."""
    add_destination(parser)
    parser.add_argument("--dry-run", action="store_true", help="只说读者会看到什么变化，目的地什么也不写")
    add_keep(parser)
    add_key(parser)
    parser.set_defaults(run=_publish)


def _publish(settings: Settings, options: argparse.Namespace) -> int:
    if settings.site_url is None:
        raise SettingsStop(
            "mkdocs.yml 里没有 site_url：公开以前先写网站的地址，如 site_url: https://jx.example.gov.cn/"
            "（no site_url in mkdocs.yml）"
        )
    # What is not committed is refused here, for a branch too.
    verdict = Verdict(settings.site_url, source_commit(settings.root))
    if options.destination.startswith(SCHEME):
        return _publish_branch(settings, options)
    if options.dry_run:
        return _dry_run(settings, options, destination_of(options.destination))
    with publisher_at(options.destination, options.key) as to:
        standing = standing_at(to)
        content = content_digest(settings)
        checked = _checked(settings, standing, _state(to, standing))
        with built_site(settings, content) as site:
            _refuse_lost(checked, standing, site)
            if (site.folder / MANIFEST).read_bytes() == manifest_file(standing.manifest):
                print(f"与读者看到的第 {standing.serial} 版一样，没有新的一版（{options.destination}）")
                return 0
            release = publish(site.folder, to, verdict, options.keep, options.key)
    print(f"已公开：第 {release.serial} 版，{site.pages} 页（{options.destination}）")
    return 0


def _checked(settings: Settings, standing: Standing, published: State | None) -> Checked:
    """What a check found, when nothing of it, and no gate, forbids to publish.

    Raises:
        ContentStop: something does.
    """
    checked = check_content(settings, published=published)
    content = checked.or_raise()
    withdrawn = [(each.id, each.on, each.reason) for each in standing.ledger.withdrawn]
    _refuse([*sign_offs(content), *returned(content, withdrawn)])
    return checked


def _refuse_lost(checked: Checked, standing: Standing, site: Site) -> None:
    files = read_manifest((site.folder / MANIFEST).read_bytes())
    _refuse(list(lost_addresses(checked.or_raise(), standing.ledger.missing(files))))


def _refuse(problems: list[Problem]) -> None:
    if any(problem.entry.severity is Severity.ERROR for problem in problems):
        raise ContentStop(sorted(problems, key=lambda found: (found.place, found.code)))


def _state(to: Destination, standing: Standing) -> State | None:
    """What readers get now, read from the data beside the pages."""
    ends = (record_json_url(""), disclosure_json_url(""))
    names = [name for name in standing.manifest if name.endswith(ends)]
    if not names or standing.release is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        to.fetch(site_folder(standing.release.name), names, Path(folder))
        state = read_site(Path(folder))
    return replace(state, urls=frozenset(url for name in standing.manifest if (url := page_url(name)) is not None))


def _publish_branch(settings: Settings, options: argparse.Namespace) -> int:
    """A branch has no ledger beside it: what was published there before is not compared."""
    if options.dry_run or options.key:
        raise SettingsStop("git 分支没有预演，也不签名。（no --dry-run and no --key for a branch）")
    branch = read_branch(options.destination)
    content = content_digest(settings)
    _refuse([*sign_offs(check_content(settings).or_raise())])
    with built_site(settings, content) as site:
        commit = publish_branch(site.folder, branch, settings.root)
    print(f"已推送到分支 {branch.name}：{commit}" if commit else f"分支 {branch.name} 已经是这一版，没有新的提交。")
    return 0


def _dry_run(settings: Settings, options: argparse.Namespace, to: Destination) -> int:
    try:
        standing = standing_at(to)
        published = _state(to, standing)
    except OSError as error:
        raise PublishStop(f"目的地读不出来：{error}（cannot read the destination）") from error
    digest = content_digest(settings)
    checked = _checked(settings, standing, published)
    content = checked.or_raise()
    with built_site(settings, digest) as site:
        _refuse_lost(checked, standing, site)
        files = read_manifest((site.folder / MANIFEST).read_bytes())
    before = published or State({}, {}, frozenset())
    print(as_text(compare(before, state_of(content, make_plan(content).urls)), options.lang), end="")
    new = sorted(addresses_of(files) - standing.ledger.addresses.keys())
    changed = [name for name, file in files.items() if standing.manifest.get(name) != file]
    print(f"新的网址 {len(new)} 个，改变的文件 {len(changed)} 个，共 {len(files)} 个。")
    talk("这是预演：目的地什么也没有写。（a dry run: nothing was written at the destination）")
    return 0
