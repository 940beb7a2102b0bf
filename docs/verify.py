#!/usr/bin/env python3
"""核对本站的副本：每个文件都与清单相同吗？只用 Python 自带的库（3.8 以上），不联网。

Verify a downloaded copy of the site with Python's standard library alone, offline.

    python3 verify.py FOLDER [--release FILE] [--signers FILE] [--seen SERIAL]

FOLDER holds the copy with its manifest.json. release.json, in it or given by --release, says which release it is and
what digest its manifest has; it may be signed. With --signers, the file of the publisher's public keys, the signature
is checked by `ssh-keygen` (OpenSSH 8.9 or newer). --seen is the serial of the latest release that you know of: an
older one is a replay. Ends with 0 when all is as published, with 4 when something is not, with 2 when it cannot be
told.
"""

import argparse
import hashlib
import json
import subprocess
import sys
from pathlib import Path

MANIFEST, SUMS, RELEASE = "manifest.json", "SHA256SUMS", "release.json"
NAMESPACE = "disclosure-release"


def digest(data):
    return hashlib.sha256(data).hexdigest()


def file_faults(folder, files, kept):
    found = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    there = {path.relative_to(folder).as_posix() for path in found} - {MANIFEST, SUMS, RELEASE, RELEASE + ".sig"}
    for name in sorted(set(files) - there):
        yield f"{name}: 缺少 (missing)"
    for name in sorted(there - set(files) - set(kept)):
        yield f"{name}: 多出来的，清单里没有 (extra)"
    for name, facts in sorted({**kept, **files}.items()):
        path = folder / name
        if name not in there:
            continue
        if path.is_symlink() or not path.is_file():
            yield f"{name}: 是链接或特殊文件 (a link or special file)"
        elif path.stat().st_size != facts["size"] or digest(path.read_bytes()) != facts["sha256"]:
            yield f"{name}: 被改动，内容与清单不同 (tampered)"


def sums_faults(folder, files, manifest):
    every = {name: facts["sha256"] for name, facts in files.items()}
    every[MANIFEST] = digest(manifest)
    expected = "".join(f"{every[name]}  {name}\n" for name in sorted(every))
    path = folder / SUMS
    if not path.is_file():
        yield f"{SUMS}: 缺少 (missing)"
    elif path.read_bytes() != expected.encode():
        yield f"{SUMS}: 被改动，与清单不同 (tampered)"


def signature_faults(path, release, signers):
    sig = path.with_name(path.name + ".sig")
    if not sig.is_file():
        yield f"{RELEASE}: 没有签名 (not signed)"
        return
    when = "-Overify-time=" + "".join(c for c in release["at"] if c.isdigit() or c == "Z")
    words = ["ssh-keygen", "-Y", "find-principals", when, "-s", str(sig), "-f", signers]
    found = subprocess.run(words, capture_output=True, check=False)
    if found.returncode:
        yield f"{RELEASE}: 签名用的密钥不在公布的名单里 (a wrong key)"
        return
    principal = found.stdout.decode().splitlines()[0]
    words = ["ssh-keygen", "-Y", "verify", when, "-n", NAMESPACE, "-I", principal, "-s", str(sig), "-f", signers]
    if subprocess.run(words, input=path.read_bytes(), capture_output=True, check=False).returncode:
        yield f"{RELEASE}: 签名与内容不符，内容在签名以后被改动 (the signature does not fit)"


def faults(folder, release_path, signers, seen):
    manifest = (folder / MANIFEST).read_bytes()
    kept = {}
    if release_path:
        release = json.loads(release_path.read_bytes())
        kept = release["kept"]
        if digest(manifest) != release["manifest"]:
            yield f"{MANIFEST}: 清单被改动，与 {RELEASE} 记的校验值不同 (the manifest was tampered with)"
            return
        if release["serial"] < seen:
            yield f"{RELEASE}: 重放的旧版：这是第 {release['serial']} 版，已知有第 {seen} 版 (a replayed older release)"
        if signers:
            yield from signature_faults(release_path, release, signers)
    files = json.loads(manifest)["files"]
    yield from file_faults(folder, files, kept)
    yield from sums_faults(folder, files, manifest)


def main():
    parser = argparse.ArgumentParser(description="核对本站的副本 / verify a copy of the site")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--release", type=Path)
    parser.add_argument("--signers")
    parser.add_argument("--seen", type=int, default=0)
    words = parser.parse_args()
    inside = words.folder / RELEASE
    release = words.release or (inside if inside.is_file() else None)
    if not release and (words.signers or words.seen):
        print(f"没有 {RELEASE}，核对不了签名和版次 (no {RELEASE})", file=sys.stderr)
        return 2
    try:
        found = list(faults(words.folder, release, words.signers, words.seen))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"读不出来 (cannot be read): {error!r}", file=sys.stderr)
        return 2
    for fault in found:
        print(fault)
    if found:
        return 4
    print("核对通过：每个文件都与清单相同 (all files are as published)")
    if not release:
        print(f"没有 {RELEASE}：不知道清单是不是本站公布的 (no {RELEASE}: who made the manifest is not known)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
