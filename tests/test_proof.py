"""`verify` and docs/verify.py: what is not as it was published is named, each kind in its own words."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.small_sites import VERDICT, published, small_site
from generator.publication.folder import Folder
from generator.publication.publish import publish, tidy
from generator.site.seal import manifest_file, read_manifest
from generator.words.problems import PublishStop, VerifyStop
from tests.conftest import ROOT
from tests.program import Done, run_program

SCRIPT = ROOT / "docs" / "verify.py"
Break = Callable[[Path], object]


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """Two keys, and the file that names the first as that of the publisher."""
    folder = tmp_path / "keys"
    folder.mkdir()
    for name in ("ours", "other"):
        words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(folder / name)]
        subprocess.run(words, check=True)
    kind, key, _ = (folder / "ours.pub").read_text("ascii").split()
    (folder / "signers").write_text(f'publisher@example.org namespaces="disclosure-release" {kind} {key}\n', "ascii")
    return folder


@pytest.fixture
def destination(light: Path, keys: Path) -> Path:
    """Two signed releases."""
    for number in (1, 2):
        signed(light, number, keys / "ours")
    return light / "destination"


def signed(light: Path, number: int, key: Path | None) -> None:
    to = Folder(light / "destination")
    with to.alone("test"):
        tidy(to)
        publish(small_site(light / f"site{number}", number), to, VERDICT, 5, key)


@pytest.fixture
def copy(destination: Path, tmp_path: Path) -> Path:
    """What a reader has who downloaded everything."""
    return shutil.copytree(destination / "current", tmp_path / "copy")


def ours(folder: Path, *words: str) -> Done:
    """The command, run in a project; it needs no content."""
    return run_program("verify", str(folder), *words, "--root", str(ROOT))


def alone(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """The script: without site packages, without the environment, from elsewhere, with nothing of ours in reach."""
    command = [sys.executable, "-I", "-S", str(SCRIPT), str(folder), *words]
    path = {"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, cwd="/", env=path, capture_output=True, encoding="utf-8", check=False)


BOTH = pytest.mark.parametrize("verify", [ours, alone])


def rewrite(file: Path, data: bytes) -> None:
    file.unlink()  # a copy's files may be links to others
    file.write_bytes(data)


def edited(file: Path, change: Callable[[dict[str, object]], object]) -> None:
    facts = json.loads(file.read_bytes())
    change(facts)
    rewrite(file, json.dumps(facts).encode())


def resealed(copy: Path) -> None:
    """A page and the manifest changed together, as one who tampers would."""
    rewrite(copy / "p0/index.html", b"other")
    files = read_manifest((copy / "manifest.json").read_bytes())
    rewrite(copy / "manifest.json", manifest_file({**files, "p0/index.html": files["p1/index.html"]}))


FAULTS: list[tuple[str, Break, str]] = [
    ("tampered", lambda copy: rewrite(copy / "p0/index.html", b"other"), "p0/index.html: 被改动，内容与清单不同"),
    (
        "one byte",
        lambda copy: rewrite(copy / "p0/index.html", (copy / "p0/index.html").read_bytes()[:-1] + b"!"),
        "p0/index.html: 被改动，内容与清单不同",
    ),
    ("missing", lambda copy: (copy / "p1/index.html").unlink(), "p1/index.html: 缺少"),
    ("extra", lambda copy: (copy / "p1/more.html").write_text("x"), "p1/more.html: 多出来的，清单里没有"),
    ("link", lambda copy: (copy / "p1/link").symlink_to("/etc/hostname"), "p1/link: "),
    ("manifest", resealed, "manifest.json: 清单被改动，与 release.json 记的校验值不同"),
    ("sums", lambda copy: (copy / "SHA256SUMS").write_text("x"), "SHA256SUMS: 被改动"),
    ("unsigned", lambda copy: (copy / "release.json.sig").unlink(), "release.json: 没有签名"),
    (
        "release",
        lambda copy: edited(copy / "release.json", lambda facts: facts.update(serial=9)),
        "release.json: 签名与内容不符，内容在签名以后被改动",
    ),
]


@BOTH
@pytest.mark.needs("ssh-keygen")
def test_copy_as_published_passes(
    copy: Path, keys: Path, verify: Callable[..., "subprocess.CompletedProcess[str]"]
) -> None:
    done = verify(copy, "--signers", str(keys / "signers"), "--seen", "2")
    assert (done.returncode, done.stderr) == (0, "")
    assert "核对通过：每个文件都与清单相同" in done.stdout


@BOTH
@pytest.mark.needs("ssh-keygen")
@pytest.mark.parametrize(
    ("blow", "said"), [(blow, said) for _, blow, said in FAULTS], ids=[name for name, _, _ in FAULTS]
)
def test_fault_of_a_copy_is_named(
    copy: Path, keys: Path, blow: Break, said: str, verify: Callable[..., "subprocess.CompletedProcess[str]"]
) -> None:
    blow(copy)
    done = verify(copy, "--signers", str(keys / "signers"))
    assert done.returncode == 4
    assert said in done.stdout + done.stderr


@BOTH
@pytest.mark.needs("ssh-keygen")
def test_wrong_key_is_named(
    copy: Path, keys: Path, light: Path, verify: Callable[..., "subprocess.CompletedProcess[str]"]
) -> None:
    (copy / "release.json.sig").unlink()
    words = ["ssh-keygen", "-q", "-Y", "sign", "-n", "disclosure-release", "-f", str(keys / "other"), "release.json"]
    subprocess.run(words, cwd=copy, check=True, capture_output=True)
    done = verify(copy, "--signers", str(keys / "signers"))
    assert done.returncode == 4
    assert "release.json: 签名用的密钥不在公布的名单里" in done.stdout + done.stderr


@BOTH
@pytest.mark.needs("ssh-keygen")
def test_replayed_older_release_is_named(
    destination: Path, keys: Path, tmp_path: Path, verify: Callable[..., "subprocess.CompletedProcess[str]"]
) -> None:
    """It is whole and rightly signed, and yet not the newest."""
    older = shutil.copytree(destination / "releases/000001/site", tmp_path / "older")
    assert verify(older, "--signers", str(keys / "signers")).returncode == 0
    done = verify(older, "--signers", str(keys / "signers"), "--seen", "2")
    assert done.returncode == 4
    assert "release.json: 重放的旧版：这是第 1 版，已知有第 2 版" in done.stdout + done.stderr


@BOTH
def test_copy_without_release_says_what_is_not_known(
    light: Path, verify: Callable[..., "subprocess.CompletedProcess[str]"]
) -> None:
    site = small_site(light / "site", 1)
    done = verify(site)
    assert done.returncode == 0
    assert "没有 release.json" in done.stdout + done.stderr
    assert verify(site, "--seen", "3").returncode == 2


@BOTH
@pytest.mark.needs("ssh-keygen")
def test_release_file_may_lie_elsewhere_under_another_name(
    copy: Path, keys: Path, tmp_path: Path, verify: Callable[..., "subprocess.CompletedProcess[str]"]
) -> None:
    for suffix in ("", ".sig"):
        (copy / f"release.json{suffix}").rename(tmp_path / f"second-release.json{suffix}")
    words = ("--release", str(tmp_path / "second-release.json"), "--signers", str(keys / "signers"), "--seen", "2")
    done = verify(copy, *words)
    assert (done.returncode, done.stderr) == (0, "")
    edited(tmp_path / "second-release.json", lambda facts: facts.update(serial=1))
    done = verify(copy, *words)
    assert done.returncode == 4
    assert "重放的旧版：这是第 1 版，已知有第 2 版" in done.stdout + done.stderr


@pytest.mark.needs("ssh-keygen")
def test_signers_that_are_not_there_are_not_taken_for_a_wrong_key(copy: Path, keys: Path) -> None:
    done = ours(copy, "--signers", str(keys / "gone"))
    assert done.returncode == 2
    assert f"没有这个文件：{keys}/gone" in done.stderr


@pytest.mark.needs("ssh-keygen")
def test_name_of_a_file_steers_no_terminal(copy: Path) -> None:
    (copy / "p1/\x1b[2J.html").write_text("x", "utf-8")
    done = ours(copy)
    assert done.returncode == 4
    assert r"p1/\u001b[2J.html: 多出来的" in done.stderr


@BOTH
def test_folder_that_is_no_copy_is_refused(
    tmp_path: Path, verify: Callable[..., "subprocess.CompletedProcess[str]"]
) -> None:
    assert verify(tmp_path).returncode == 2


def test_path_that_leads_out_of_the_site_is_no_manifest() -> None:
    data = b'{"format": 1, "files": {"../x": {"size": 1, "sha256": "%s"}}}' % (b"0" * 64)
    with pytest.raises(VerifyStop, match="不是清单"):
        read_manifest(data)


@pytest.mark.needs("sha256sum")
def test_sums_are_what_sha256sum_reads(light: Path) -> None:
    site = small_site(light / "site", 1)
    done = subprocess.run(["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"], cwd=site, check=False)
    assert done.returncode == 0


# --- a destination


@pytest.mark.needs("ssh-keygen")
def test_destination_as_published_passes(destination: Path, keys: Path) -> None:
    done = ours(destination, "--signers", str(keys / "signers"))
    assert (done.returncode, done.stdout) == (0, "核对通过：2 版，读者看到的是第 2 版。\n")


def set_back(destination: Path) -> None:
    (destination / "current").unlink()
    (destination / "current").symlink_to("releases/000001/site")


def replayed(destination: Path) -> None:
    shutil.rmtree(destination / "releases/000002")
    shutil.copytree(destination / "releases/000001", destination / "releases/000002")


DESTINATION_FAULTS: list[tuple[str, Break, str]] = [
    ("set back", set_back, "current: 重放的旧版：指到第 1 版，而已有第 2 版"),
    ("replayed", replayed, "000002: 重放的旧版：release.json 说是第 1 版"),
    ("no link", lambda at: (at / "current").unlink(), "current: 没有指到任何一版"),
    ("readers' release", lambda at: rewrite(at / "current/release.json", b"{}"), "000002/site/release.json: 被改动"),
    ("ledger", lambda at: rewrite(at / "releases/000001/ledger.json", b"{}"), "000001/ledger.json: 被改动"),
    ("older page", lambda at: rewrite(at / "releases/000001/site/p0/index.html", b"x"), "000001/p0/index.html: 被改动"),
    ("older release", lambda at: (at / "releases/000001/release.json").unlink(), "000001/release.json: 缺少"),
]


@pytest.mark.needs("ssh-keygen")
def test_destination_that_was_set_back_as_a_whole_is_named(destination: Path) -> None:
    done = ours(destination, "--seen", "3")
    assert done.returncode == 4
    assert "release.json: 重放的旧版：这是第 2 版，已知有第 3 版" in done.stderr


@pytest.mark.needs("ssh-keygen")
@pytest.mark.parametrize(
    ("blow", "said"),
    [(blow, said) for _, blow, said in DESTINATION_FAULTS],
    ids=[name for name, _, _ in DESTINATION_FAULTS],
)
def test_fault_of_a_destination_is_named(destination: Path, keys: Path, blow: Break, said: str) -> None:
    blow(destination)
    done = ours(destination, "--signers", str(keys / "signers"))
    assert done.returncode == 4
    assert said in done.stderr


def test_older_release_that_was_rewritten_breaks_the_chain(light: Path) -> None:
    for number in (1, 2):
        published(small_site(light / f"site{number}", number), light / "destination")
    for place in ("", "site/"):
        file = light / f"destination/releases/000001/{place}release.json"
        edited(file, lambda facts: facts.update(commit="other"))
    done = ours(light / "destination")
    assert done.returncode == 4
    assert "000002/release.json: 与前一版接不上，前一版被改动" in done.stderr


# --- keys


@pytest.mark.needs("ssh-keygen")
def test_signed_site_is_not_published_without_a_key(destination: Path, light: Path) -> None:
    with pytest.raises(PublishStop, match="以前各版有签名"):
        signed(light, 3, None)


@pytest.mark.needs("ssh-keygen")
def test_key_that_cannot_sign_leaves_the_site_as_it_was(destination: Path, light: Path, keys: Path) -> None:
    with pytest.raises(PublishStop, match="签名没有成功"):
        signed(light, 3, keys / "gone")
    assert Folder(destination).look().current == "000002"
    assert Folder(destination).look().unfinished == ()


@pytest.mark.needs("ssh-keygen")
def test_key_is_rotated_by_naming_the_time_of_each(destination: Path, light: Path, keys: Path) -> None:
    """The old key holds for what it signed; what it signs after its last day is refused."""
    signers = keys / "signers"
    old, new = (keys / f"{name}.pub" for name in ("ours", "other"))

    def names(until: str) -> str:
        return "".join(
            f'publisher@example.org namespaces="disclosure-release",{span} {key.read_text("ascii")}'
            for span, key in ((f'valid-before="{until}"', old), ('valid-after="20200101"', new))
        )

    signers.write_text(names("20990101"), "ascii")
    signed(light, 3, keys / "other")
    assert ours(destination, "--signers", str(signers)).returncode == 0
    signers.write_text(names("20200101"), "ascii")
    done = ours(destination, "--signers", str(signers))
    assert done.returncode == 4
    assert "000002/release.json: 签名用的密钥不在公布的名单里" in done.stderr
    assert "000003" not in done.stderr
