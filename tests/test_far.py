"""Publishing to another machine: a real sshd on this one, reached over ssh, and a connection that is cut."""

import getpass
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.small_sites import VERDICT, script_of, small_site
from generator.publication.far import Far
from generator.publication.folder import Folder
from generator.publication.proof import destination_faults
from generator.publication.publish import publish, rollback, tidy
from generator.publication.reach import destination_of
from generator.publication.releases import Release
from generator.publication.turns import turn
from generator.words.problems import BusyStop, PublishStop, SettingsStop
from tests.test_cli import run
from tests.test_publish import publishable
from tests.test_serve import free_port, wait_for

pytestmark = [pytest.mark.needs("ssh"), pytest.mark.needs("/usr/sbin/sshd"), pytest.mark.needs("rsync")]


@dataclass(frozen=True)
class Line:
    """A way to the sshd through a wire that can be cut after so many bytes; `carried` are those that passed."""

    port: int
    wire: "Wire"
    words: str


class Wire(threading.Thread):
    """Carries connections from a port to another, until `most` bytes have passed: then every one of them breaks."""

    def __init__(self, to: int) -> None:
        super().__init__(daemon=True)
        self.to, self.most, self.carried = to, 1 << 60, 0
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listening.getsockname()[1]
        self.open: list[socket.socket] = []
        self.lock = threading.Lock()

    def run(self) -> None:
        while True:
            try:
                near, _ = self.listening.accept()
            except OSError:
                return
            if self.carried >= self.most:
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self.to))
            self.open += [near, far]
            for each in (near, far):  # else a small packet waits until the one before was answered
                each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self.carry, args=(one, other), daemon=True).start()

    def carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(2048):
                with self.lock:
                    self.carried += len(data)
                    cut = self.carried >= self.most
                if cut:
                    break
                other.sendall(data)
        for each in self.open if self.carried >= self.most else (one, other):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def cut_after(self, most: int) -> None:
        self.carried, self.most, self.open = 0, most, []

    def mended(self) -> None:
        self.cut_after(1 << 60)


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    """An sshd of our own, with its own keys and settings."""
    folder = tmp_path_factory.mktemp("ssh")
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
    shutil.copy(folder / "user.pub", folder / "authorized")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    port = free_port()
    (folder / "sshd").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/authorized\n"
        "StrictModes no\nUsePAM no\nPasswordAuthentication no\nPermitRootLogin yes\nPidFile none\nMaxStartups 100\n"
        f"SetEnv HOME={folder}\n",  # what the user's own shell reads at its start may take longer than all else
        "ascii",
    )
    (folder / "ssh").write_text(
        f"IdentityFile {folder}/user\nIdentitiesOnly yes\nUserKnownHostsFile {folder}/known\n"
        "StrictHostKeyChecking accept-new\nLogLevel ERROR\n",
        "ascii",
    )
    with (folder / "log").open("wb") as log:
        daemon = subprocess.Popen(["/usr/sbin/sshd", "-D", "-e", "-f", str(folder / "sshd")], stderr=log)
    wire = Wire(port)
    wire.start()
    assert wait_for(lambda: answers(port), 20), (folder / "log").read_text("utf-8")
    yield Line(port, wire, f"ssh -F {folder}/ssh -p {wire.port}")
    wire.listening.close()
    daemon.terminate()
    daemon.wait(20)


@pytest.fixture
def far(line: Line, light: Path, monkeypatch: pytest.MonkeyPatch) -> Far:
    """A destination that is reached over ssh; here it is `light / "a place"`."""
    monkeypatch.setenv("RSYNC_RSH", line.words)
    line.wire.mended()
    found = destination_of(f"{getpass.getuser()}@127.0.0.1:{light}/a place")
    assert isinstance(found, Far)
    return found


def sent(far: Far, site: Path, key: Path | None = None) -> Release:
    with far.alone("test"):
        tidy(far)
        return publish(site, far, VERDICT, 5, key)


def faults_of(far: Far) -> list[str]:
    """What is wrong there, asked over one connection; `test_command_over_ssh` has the command, which makes many."""
    with far.alone("test"):
        return destination_faults(far, None)


def here(light: Path) -> Folder:
    return Folder(light / "a place")


def test_publish_over_ssh_is_the_same_as_into_a_folder(far: Far, light: Path) -> None:
    for number in (1, 2):
        sent(far, small_site(light / f"site{number}", number))
    place = light / "a place"
    assert (place / "current").readlink() == Path("releases/000002/site")
    assert (place / "releases/000001/site/same/index.html").samefile(place / "current/same/index.html")
    old, new = (place / f"releases/00000{n}/site/p0/index.html" for n in (1, 2))
    assert int(new.stat().st_mtime) > int(old.stat().st_mtime)
    assert (place / "current" / script_of(1)[0]).samefile(place / "releases/000001/site" / script_of(1)[0])
    modes = {path.stat().st_mode & 0o777 for path in (place / "current/").rglob("*")}
    assert modes == {0o644, 0o755}
    assert faults_of(far) == []
    assert destination_faults(here(light), None) == []
    one, other = far.look(), here(light).look()
    assert (one.current, one.releases, one.live) == (other.current, other.releases, other.live)


def test_rollback_over_ssh(far: Far, light: Path) -> None:
    for number in (1, 2):
        sent(far, small_site(light / f"site{number}", number))
    with far.alone("test"):
        tidy(far)
        rollback(far, None, 2, None)
    assert "<p>1</p>" in (light / "a place/current/p0/index.html").read_text("utf-8")
    assert faults_of(far) == []
    assert far.look().releases == ("000002", "000003")


def test_faults_of_a_far_destination_are_named(far: Far, light: Path) -> None:
    sent(far, small_site(light / "site1", 1))
    site = light / "a place/current"
    for name, change in (("p0/index.html", "x"), ("p1/more.html", "x")):
        (site / name).unlink(missing_ok=True)
        (site / name).write_text(change, "utf-8")
    (site / "same/index.html").unlink()
    (site / "same/index.html").symlink_to("/etc/hostname")
    (site / "p1/index.html").unlink()
    faults = faults_of(far)
    assert [fault.split("（")[0] for fault in faults] == [
        "000001/p1/index.html: 缺少",
        "000001/p1/more.html: 多出来的，清单里没有",
        "000001/same/index.html: 是链接或特殊文件",
        "000001/p0/index.html: 被改动，内容与清单不同",
    ]
    assert sorted(faults) == sorted(destination_faults(here(light), None))


def test_second_publisher_over_ssh_is_told_who_is_at_work(far: Far, light: Path) -> None:
    with far.alone("li@office"):
        with pytest.raises(BusyStop, match="另一次发布正在进行：li@office，20"), far.alone("wang@home"):
            pytest.fail("two at work")
        with pytest.raises(BusyStop, match="li@office"), turn(light / "a place", "wang@server"):
            pytest.fail("two at work, one of them on the server itself")
    with turn(light / "a place", "wang@server"), pytest.raises(BusyStop, match="wang@server"), far.alone("li@office"):
        pytest.fail("two at work")
    with far.alone("li@office"):
        pass


def test_publisher_whose_turn_was_taken_over_changes_nothing(far: Far, light: Path) -> None:
    sent(far, small_site(light / "site1", 1))
    with far.alone("test"):
        last = max(int(path.name) for path in (light / "a place/.lock").iterdir())
        (light / f"a place/.lock/{last + 1}").write_text("", "utf-8")
        with pytest.raises(PublishStop, match="the turn was lost"):
            far.point("000001")


def test_connection_cut_anywhere_leaves_a_whole_release_and_the_next_publish_works(
    far: Far, line: Line, light: Path
) -> None:
    sent(far, small_site(light / "site1", 1))
    line.wire.cut_after(1 << 60)
    sent(far, small_site(light / "site2", 2))
    whole = line.wire.carried
    cuts, number = 0, 2
    for part in range(1, 7):
        number += 1
        site = small_site(light / f"site{number}", number)
        line.wire.cut_after(whole * part // 7)
        with suppress(PublishStop, BusyStop):
            sent(far, site)
            cuts -= 1
        cuts += 1
        look = here(light).look()
        assert look.current
        assert not [fault for fault in destination_faults(here(light), None) if not fault.startswith("current: ")]
        line.wire.mended()
        number += 1
        after(far, small_site(light / f"site{number}", number))
        assert destination_faults(here(light), None) == []
        assert f"<p>{number}</p>" in (light / "a place/current/p0/index.html").read_text("utf-8")
    print(f"{cuts} connections cut between {whole // 7} and {whole * 6 // 7} bytes")
    assert cuts > 3


def after(far: Far, site: Path) -> None:
    """The next publish, as soon as the far side has noticed that the last publisher is gone."""
    until = time.monotonic() + 30
    while True:
        try:
            sent(far, site)
        except BusyStop:
            assert time.monotonic() < until
            time.sleep(0.1)
        else:
            return


def test_command_over_ssh(far: Far, light: Path, tmp_path: Path, line: Line) -> None:
    project = publishable(tmp_path / "project")
    where = f"{getpass.getuser()}@127.0.0.1:{light}/a place"
    done = run(project, "publish", where)
    assert done.returncode == 0, done.stderr
    assert run(project, "verify", where).stdout == "核对通过：1 版，读者看到的是第 1 版。\n"
    done = run(project, "withdraw", where, "unit/2024/targets/02", "--reason", "含有个人住址")
    assert done.returncode == 0, done.stderr
    assert "已从 1 版里撤下：000001" in done.stdout
    assert destination_faults(here(light), None) == []
    assert run(project, "releases", where).stdout.splitlines()[-1].startswith("→ 第 2 版")
    assert run(project, "publish", where, "--dry-run").returncode == 1, "the withdrawn record is still there"


def test_host_that_does_not_answer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RSYNC_RSH", f"ssh -p {free_port()}")
    done = run(publishable(tmp_path / "project"), "publish", "127.0.0.1:/srv/x", RSYNC_RSH=os.environ["RSYNC_RSH"])
    assert done.returncode == 5
    assert "127.0.0.1 那边没有做成（hold）：ssh: connect to host 127.0.0.1" in done.stderr


@pytest.mark.parametrize("said", ["host:relative", "-oProxyCommand=x:/srv", "", "host:/a\nb"])
def test_destination_that_cannot_be_is_refused(said: str) -> None:
    with pytest.raises(SettingsStop):
        destination_of(said)
