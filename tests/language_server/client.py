"""Speaks with the YAML language server as an editor's program does: opens a text, hears what is wrong with it."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

HERE = Path(__file__).parent
Json = dict[str, Any]


def install(folder: Path) -> Path:
    """Install what the lock file names into a folder, once; returns the server's program."""
    program = folder / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
    lock = HERE / "package-lock.json"
    if not program.is_file() or (folder / "package-lock.json").read_bytes() != lock.read_bytes():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        words = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent")
        subprocess.run(["npm", *words], cwd=folder, check=True)
    return program


class LanguageServer:
    """A running server for the project in `root`, with the settings that the repository gives to editors."""

    def __init__(self, program: Path, root: Path) -> None:
        self.root = root
        self.settings: Json = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))
        self.number = 0
        self.process = subprocess.Popen(
            ["node", str(program), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        folder = {"uri": root.as_uri(), "name": "project"}
        start = {"processId": None, "rootUri": root.as_uri(), "workspaceFolders": [folder], "locale": "zh-cn"}
        can = {"workspace": {"configuration": True, "workspaceFolders": True}}
        self.ask("initialize", start | {"capabilities": can})
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": {"yaml": self._section("yaml")}})

    def close(self) -> None:
        self.ask("shutdown", None)
        self.tell("exit", None)
        with self.process:  # closes its pipes
            self.process.wait(timeout=10)

    def findings(self, texts: Mapping[str, str]) -> dict[str, list[Json]]:
        """What the server says of texts that are opened as files of the project, by file."""
        files = {(self.root / file).as_uri(): file for file in texts}
        for uri, file in files.items():
            document = {"uri": uri, "languageId": "yaml", "version": 1, "text": texts[file]}
            self.tell("textDocument/didOpen", {"textDocument": document})
        found: dict[str, list[Json]] = {}
        while len(found) < len(files):
            said = self._hear(lambda said: said.get("method") == "textDocument/publishDiagnostics")["params"]
            found[files[said["uri"]]] = said["diagnostics"]
        for uri in files:
            self.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
        for _ in files:  # closing a text clears what was said of it
            self._hear(lambda said: said.get("method") == "textDocument/publishDiagnostics")
        return found

    def offered(self, file: str, text: str, line: int) -> dict[str, str]:
        """The keys that the server offers at the beginning of a line, each with what is said of it."""
        uri = (self.root / file).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        place = {"textDocument": {"uri": uri}, "position": {"line": line, "character": 0}}
        found = self.ask("textDocument/completion", place)
        self.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
        return {item["label"]: json.dumps(item.get("documentation", ""), ensure_ascii=False) for item in found["items"]}

    def ask(self, method: str, params: Any) -> Any:
        self.number += 1
        number = self.number
        self._send({"id": number, "method": method, "params": params})
        return self._hear(lambda said: said.get("id") == number and "method" not in said)["result"]

    def tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _hear(self, wanted: Any) -> Json:
        while True:
            said = self._next()
            if wanted(said):
                return said
            if "id" in said and "method" in said:  # the server asks, too
                asked = said["params"].get("items", []) if said["method"] == "workspace/configuration" else None
                answer = None if asked is None else [self._section(item["section"]) for item in asked]
                self._send({"id": said["id"], "result": answer})

    def _section(self, name: str) -> Json:
        """`yaml.schemaStore.enable: false` → `{"schemaStore": {"enable": false}}`."""
        section: Json = {}
        for key, value in self.settings.items():
            if key.startswith(f"{name}."):
                *groups, last = key.removeprefix(f"{name}.").split(".")
                group = section
                for each in groups:
                    group = group.setdefault(each, {})
                group[last] = value
        return section

    def _send(self, message: Json) -> None:
        assert self.process.stdin
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _next(self) -> Json:
        assert self.process.stdout
        size = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                size = int(value)
        assert size, "the language server ended"
        said: Json = json.loads(self.process.stdout.read(size))
        return said
