"""Files laid into a staged site: below it, each once."""

from pathlib import Path

import pytest

from generator.site.lay import Layer
from generator.site.seal import sealed


@pytest.fixture
def layer(tmp_path: Path) -> Layer:
    return Layer(tmp_path / "staged", tmp_path / "last", {}, whole=True)


def test_lay_file_is_there_with_its_seal(layer: Layer) -> None:
    for path in ("a.txt", "b/c/d.txt", "b/c/e.txt"):
        layer.put(path, path.encode())
        assert (layer.staged / path).read_text() == path
        assert layer.sealed[path] == sealed(path.encode())


@pytest.mark.parametrize("path", ["", "/", "..", "b/..", "/a.txt", "../a.txt", "b/../../a.txt"])
def test_lay_path_that_is_no_file_of_the_site_is_refused(layer: Layer, path: str) -> None:
    layer.put("b/a.txt", b"")
    with pytest.raises(ValueError, match="a way out"):
        layer.put(path, b"")
    assert [*layer.staged.parent.rglob("*.txt")] == [layer.staged / "b/a.txt"]


def test_lay_second_file_of_a_path_is_refused(layer: Layer) -> None:
    layer.put("b/a.txt", b"1")
    for path, error in (("b/a.txt", ValueError), ("b//a.txt", FileExistsError)):
        with pytest.raises(error):
            layer.put(path, b"2")
    assert (layer.staged / "b/a.txt").read_bytes() == b"1"
