"""The YAML files of content/, each with the model that says what may stand in it."""

from collections.abc import Iterator

from generator.reading.fields import Model
from generator.reading.find import ContentFiles, SourceFile
from generator.reading.model import META_MODELS, RECORD_MODELS, CentreFacts, SiteFacts


def yaml_files(files: ContentFiles) -> Iterator[tuple[SourceFile, type[Model]]]:
    """Every YAML file that is there, in the order of the content."""
    for file, model in _expected(files):
        if file.is_there:
            yield file, model


def _expected(files: ContentFiles) -> Iterator[tuple[SourceFile, type[Model]]]:
    yield files.site, SiteFacts
    for centre in files.centres:
        yield centre.meta, CentreFacts
        for found in centre.disclosures:
            yield found.meta, META_MODELS[found.kind]
            for _, record in found.records:
                yield record, RECORD_MODELS[found.kind]
