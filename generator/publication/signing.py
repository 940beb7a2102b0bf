"""Signatures by `ssh-keygen -Y`, which needs no network: who may sign stands in a file of allowed signers."""

import subprocess
import tempfile
from pathlib import Path

from generator.words.problems import PublishStop, visible

NAMESPACE = "disclosure-release"
_UNSIGNED = "没有签名（not signed）"
_WRONG_KEY = "签名用的密钥不在公布的名单里（signed with a key that is not among the allowed signers: a wrong key）"
_CHANGED = "签名与内容不符，内容在签名以后被改动（the signature does not fit: changed after it was signed）"


def signature(data: bytes, key: Path) -> bytes:
    """Sign bytes with a private key, or with the key of an agent whose public key `key` is.

    Raises:
        PublishStop: there is no such key, or it cannot sign.
    """
    done = _ssh_keygen("sign", "-q", "-n", NAMESPACE, "-f", str(key), data=data)
    if done.returncode:
        said = visible(done.stderr.decode(errors="replace").strip())
        raise PublishStop(f"签名没有成功：{said}；检查 --key（cannot sign; see to --key）")
    return done.stdout


def fault(data: bytes, signed: bytes | None, signers: Path, day: str) -> str | None:
    """What is wrong with a signature; None when one of the signers made it.

    Args:
        data: What was signed.
        signed: The signature, if there is one.
        signers: The file of allowed signers (`man ssh-keygen`, ALLOWED SIGNERS).
        day: When it was signed (`YYYYMMDDHHMMSSZ`): a key must have been valid then.
    """
    if signed is None:
        return _UNSIGNED
    with tempfile.TemporaryDirectory() as folder:
        sig = Path(folder) / "sig"
        sig.write_bytes(signed)
        when = f"-Overify-time={day}"
        found = _ssh_keygen("find-principals", when, "-s", str(sig), "-f", str(signers))
        if found.returncode:
            return _WRONG_KEY
        principal = found.stdout.decode().splitlines()[0]
        words = (when, "-n", NAMESPACE, "-I", principal, "-s", str(sig), "-f", str(signers))
        return _CHANGED if _ssh_keygen("verify", *words, data=data).returncode else None


def _ssh_keygen(what: str, *words: str, data: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    try:
        return subprocess.run(["ssh-keygen", "-Y", what, *words], input=data, capture_output=True, check=False)
    except FileNotFoundError:
        raise PublishStop("签名和核对签名要用 ssh-keygen，先安装 openssh-client。（ssh-keygen is missing）") from None
