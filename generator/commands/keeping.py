"""The commands that look after what is published: `releases`, `rollback`, `prune`, `withdraw`, `verify`."""

import argparse
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from generator.commands.checking import as_day
from generator.commands.telling import talk
from generator.commands.withdraw import finish, withdraw
from generator.publication.destination import RELEASES, Destination, release_folder
from generator.publication.folder import Folder
from generator.publication.ledger import Withdrawal
from generator.publication.proof import copy_faults, destination_faults, refuse
from generator.publication.publish import prune, rollback, tidy
from generator.publication.reach import destination_of
from generator.publication.releases import RELEASE_FILE, SIGNATURE_FILE, Release, read_at, standing_at
from generator.publication.turns import publisher
from generator.reading.settings import Settings
from generator.words.problems import PublishStop, SettingsStop, visible
from generator.words.urls import CENTRE_ID, KINDS, MANIFEST, YEAR

KEEP = 5
_RECORD = re.compile(rf"{CENTRE_ID.pattern}/{YEAR.pattern}/(?:{'|'.join(KINDS)})/[0-9]{{1,4}}")


@contextmanager
def publisher_at(said: str, key: Path | None) -> Iterator[Destination]:
    """A destination, alone and tidied up; what cannot be read or written there ends as a PublishStop."""
    to = destination_of(said)
    try:
        with to.alone(publisher()):
            tidy(to)
            if left := finish(to, key):
                talk(f"上次没有做完的撤下（{left.id}）已经做完。（an interrupted withdrawal was finished）")
            yield to
    except OSError as error:
        raise PublishStop(
            f"目的地读写没有成功：{error}；读者看到的还是原来的一版。（cannot read or write at the destination）"
        ) from error


def add_key(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--key", type=Path, metavar="文件", help="签名的密钥（ssh 私钥，或 ssh-agent 里那把的公钥）")


def add_keep(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--keep", type=_several, default=KEEP, metavar="几版", help=f"留几版（默认 {KEEP}）")


def _several(word: str) -> int:
    if not word.isdigit() or int(word) < 1:
        raise argparse.ArgumentTypeError(f"应为 1 以上的整数，现为 {word}")
    return int(word)


def add_destination(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("destination", metavar="目的地", help="文件夹，或“用户@主机:/路径”（经 ssh）")


def add_releases(parser: argparse.ArgumentParser) -> None:
    add_destination(parser)
    parser.set_defaults(run=_releases)


def add_rollback(parser: argparse.ArgumentParser) -> None:
    add_destination(parser)
    parser.add_argument("--to", type=_several, metavar="版", help="回到第几版（默认：上一个内容不同的）")
    add_keep(parser)
    add_key(parser)
    parser.set_defaults(run=_rollback)


def add_prune(parser: argparse.ArgumentParser) -> None:
    add_destination(parser)
    add_keep(parser)
    add_key(parser)
    parser.set_defaults(run=_prune)


def add_withdraw(parser: argparse.ArgumentParser) -> None:
    add_destination(parser)
    parser.add_argument("id", type=_record, metavar="编号", help="表的编号，如 sstec/2024/targets/03")
    parser.add_argument("--reason", required=True, type=_reason, metavar="原因", help="为什么撤下；读者会看到")
    parser.add_argument("--on", type=as_day, metavar="日期", help="哪一天撤下（默认今天）")
    parser.add_argument("--source", action="store_true", help="它那份文件的来源文本 source.txt 也撤下")
    add_key(parser)
    parser.set_defaults(run=_withdraw)


def add_verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", metavar="文件夹或目的地", help="下载或复制的站点，或发布的目的地")
    parser.add_argument("--signers", type=Path, metavar="文件", help="公布的公钥名单（allowed_signers）：核对签名")
    parser.add_argument("--release", type=Path, metavar="文件", help="副本的 release.json（默认用站点里的）")
    parser.add_argument("--seen", type=_several, default=0, metavar="版", help="已知有过第几版：更旧的是重放")
    parser.set_defaults(run=_verify)


def _record(word: str) -> str:
    if not _RECORD.fullmatch(word):
        raise argparse.ArgumentTypeError(f"应为表的编号，如 sstec/2024/targets/03，现为 {word}")
    return word


def _reason(word: str) -> str:
    if not word.strip() or not word.isprintable():
        raise argparse.ArgumentTypeError("应为一行文字")
    return word.strip()


def _releases(_: Settings, options: argparse.Namespace) -> int:
    to = destination_of(options.destination)
    look = to.look()
    for name in look.releases:
        release = read_at(to, name)[1]
        signed = to.read(f"{release_folder(name)}/{SIGNATURE_FILE}") is not None
        print(_line(release, signed=signed, current=name == look.current))
    if not look.releases:
        talk("这里还没有发布过。（nothing was published here）")
    return 0


def _line(release: Release, *, signed: bool, current: bool) -> str:
    facts = [
        f"第 {release.serial} 版",
        release.at,
        f"提交 {release.commit[:12]}" if release.commit else "提交不明",
        f"回到第 {release.restores} 版" if release.restores else "",
        "有签名" if signed else "没有签名",
        *(f"已撤下 {each.id}" for each in release.withdrawn),
    ]
    return f"{'→' if current else ' '} " + "  ".join(map(visible, filter(None, facts)))


def _rollback(_: Settings, options: argparse.Namespace) -> int:
    with publisher_at(options.destination, options.key) as to:
        before = standing_at(to)
        release = rollback(to, options.to, options.keep, options.key)
        missing = before.ledger.missing(standing_at(to).manifest)
    print(f"已回到第 {release.restores} 版的内容，作为第 {release.serial} 版公开。")
    if missing:
        talk(
            f"有 {len(missing)} 个公开过的网址这一版里没有，改好以后尽快重新发布：\n"
            + "\n".join(map(visible, missing[:20]))
        )
    return 0


def _prune(_: Settings, options: argparse.Namespace) -> int:
    with publisher_at(options.destination, options.key) as to:
        gone = prune(to, options.keep)
    print(f"删去 {len(gone)} 版：{'、'.join(gone)}" if gone else "没有要删的版。")
    return 0


def _withdraw(_: Settings, options: argparse.Namespace) -> int:
    on = options.on or datetime.now(UTC).astimezone().date()
    withdrawal = Withdrawal(options.id, on.isoformat(), options.reason, options.source)
    with publisher_at(options.destination, options.key) as to:
        held = withdraw(to, withdrawal, options.key)
    print(f"{options.id} 已从 {len(held)} 版里撤下：{'、'.join(held)}。")
    talk(
        "检索和它那一年的工作簿现在没有了，重新发布就会恢复：先在 content 里删去这张表，"
        "在 disclosure.yml 写 withdrawn，再 make publish。"
        "git 历史、备份和别处的副本要另外处理（docs/operations.zh-CN.md）。"
        "（withdrawn; remove the record from content and publish again）"
    )
    if not options.source:
        talk("来源文本 source.txt 没有动；里面也有的，加上 --source 再撤一次。（source.txt was left alone）")
    return 0


def _verify(_: Settings, options: argparse.Namespace) -> int:
    if options.signers and not options.signers.is_file():
        raise SettingsStop(f"没有这个文件：{options.signers}（no such file）")
    folder = Path(options.what)
    if folder.is_dir() and not (folder / RELEASES).is_dir():
        return _verify_copy(folder, options)
    at = destination_of(options.what)
    if isinstance(at, Folder) and not folder.is_dir():
        raise SettingsStop(f"没有这个文件夹：{options.what}（no such folder）")
    refuse(destination_faults(at, options.signers, options.seen))
    standing = standing_at(at)
    print(f"核对通过：{len(standing.look.releases)} 版，读者看到的是第 {standing.serial} 版。")
    if standing.signed and not options.signers:
        talk("有签名，没有核对：用 --signers 给出公布的公钥名单。（signed; not checked without --signers）")
    return 0


def _verify_copy(folder: Path, options: argparse.Namespace) -> int:
    if not (folder / MANIFEST).is_file():
        raise SettingsStop(f"这里没有 {MANIFEST}，不是本站的副本：{folder}（no manifest.json: not a copy of the site）")
    said = options.release or folder / RELEASE_FILE
    known = said.is_file()
    if not known and (options.release or options.signers or options.seen):
        raise SettingsStop(f"没有 {RELEASE_FILE}，核对不了签名和版次：一并下载它。（no release.json）")
    refuse(copy_faults(folder, said if known else None, options.signers, options.seen))
    print("核对通过：每个文件都与清单相同。")
    if not known:
        talk(f"没有 {RELEASE_FILE}：只知道文件与清单相符，不知道清单是不是本站公布的。（no release.json）")
    return 0
