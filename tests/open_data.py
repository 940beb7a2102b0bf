"""Every file of the open data of a content, made as a build makes them."""

from pathlib import Path
from tempfile import TemporaryDirectory

from generator.exports.data_part import DataPart, read_part
from generator.exports.downloads import centre_files, schema_file
from generator.exports.gathered import gathered_files
from generator.reading.content import Content


def parts_of(content: Content, folder: Path) -> dict[str, DataPart]:
    """What the centres give to the files of the whole site, kept in a folder; by centre."""
    folder.mkdir(exist_ok=True)
    for centre in content.centres:
        (folder / centre.id).write_bytes(centre_files(centre, None).part)
    return {centre.id: read_part(folder / centre.id) for centre in content.centres}


def data_files(content: Content, site_url: str | None = None) -> dict[str, bytes]:
    """The bytes of every file by its path, the compressed ones of the whole site with them."""
    schema = schema_file(site_url)
    found = {schema.path: schema.data}
    with TemporaryDirectory() as folder:
        parts = {}
        for centre in content.centres:
            made = centre_files(centre, site_url)
            found |= {file.path: file.data for file in made.files}
            file = Path(folder) / centre.id
            file.write_bytes(made.part)
            parts[centre.id] = read_part(file)
        found |= {each.made.path: each.file.read_bytes() for each in gathered_files(parts, Path(folder) / "data")}
    return found
