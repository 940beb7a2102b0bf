"""What a form editor loses of a record is put back as it saves: the comments and the canonical form."""

from pathlib import Path

from generator.commands.formatting import replace
from generator.editing.canonical import canonical
from generator.editing.comments import carried, comments_of
from generator.editing.yaml_files import yaml_files
from generator.reading.fields import Model
from generator.reading.find import find_content
from generator.reading.load import load_file
from generator.reading.settings import Settings
from generator.words.tree import Tree


class Keeper:
    """Knows every YAML file of the content as it was last."""

    def __init__(self, settings: Settings) -> None:
        files = list(yaml_files(find_content(settings.root, settings.content)[0]))
        self.models: dict[Path, type[Model]] = {file.path: model for file, model in files}
        self.last: dict[Path, Tree] = {}
        for path in self.models:
            self.settle(path)

    def settle(self, path: Path) -> None:
        """A file that was saved; one that cannot be read is left alone.

        A version with no comment at all has lost those of the last one; only a person deletes one and leaves others.
        """
        model = self.models.get(path)
        loaded = load_file(path, path.name) if model and path.is_file() else None
        if model is None or loaded is None or loaded.tree is None or loaded.problems:
            return
        before, comments = self.last.get(path), comments_of(loaded.tree)
        if before and not comments.count():
            comments = carried(comments_of(before), before, loaded.tree)
        text = canonical(model, loaded.tree, comments)
        if before and text != loaded.text:
            replace(path, text.encode())
            loaded = load_file(path, path.name)
        if loaded.tree:
            self.last[path] = loaded.tree
