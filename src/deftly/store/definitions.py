"""A folder of definitions: one YAML file each, read strictly, written without losing comments.

It knows nothing of what the definitions say. Everything here blocks: call it from a worker
thread. Any number of threads and processes may use one folder at the same time.
"""

import os
import stat
from pathlib import Path

from deftly.errors import EditConflict, NameTaken
from deftly.store.definition_file import (
    UNKNOWN_STAMP,
    DefinitionFile,
    FileProblem,
    FileStamp,
    is_definition,
)
from deftly.store.files import read_bytes, remove, rename, replace
from deftly.store.folder_lock import exclusive, shared
from deftly.store.refusals import refusal
from deftly.store.yaml.fault import YamlFault
from deftly.store.yaml.node import LIMIT_BYTES
from deftly.store.yaml.read import read_object
from deftly.store.yaml.write import compose
from deftly.values import JsonObject, sha256_hex


class DefinitionFiles:
    """The definitions in one folder, which is made by the first write."""

    def __init__(self, folder: Path) -> None:
        """Use this folder; nothing is touched yet."""
        self.folder = folder

    def scan(self) -> dict[str, FileStamp] | FileProblem:
        """Return the definition files by name; a folder that is missing holds none.

        Links are followed. An equal stamp means unchanged, but for two writes of one length
        within one tick of the file system's clock: read the files that a watch names.
        """
        try:
            with os.scandir(self.folder) as entries:
                names = sorted(entry.name for entry in entries if is_definition(entry.name))
        except FileNotFoundError:
            return {}
        except OSError as error:
            message = f"The folder cannot be read ({error.strerror})."
            fix = "Make it a folder that the user who runs Deftly may read."
            return FileProblem(self.folder.name, None, message, fix)
        stamps = ((name, self._stamp(name)) for name in names)
        return {name: stamp for name, stamp in stamps if stamp is not None}

    def read(self, name: str) -> DefinitionFile | FileProblem | None:
        """Return what the file says, or what is wrong with it; None if it is not there."""
        path = self._path(name)
        shown = name.encode("utf-8", "backslashreplace").decode()
        if shown != name:
            return FileProblem(shown, None, "The file's name is not UTF-8.", "Rename the file.")
        try:
            with shared(self.folder):
                data = read_bytes(path, LIMIT_BYTES)
        except OSError as error:
            message = f"The file cannot be read ({error.strerror})."
            fix = "Make it a file that the user who runs Deftly may read."
            return FileProblem(name, None, message, fix)
        return None if data is None else _read(name, data)

    def write(
        self, name: str, definition: JsonObject, *, expected_sha256: str | None
    ) -> DefinitionFile:
        """Store the definition, changing no more of the file than what it says.

        Args:
            name: The file's name.
            definition: What it shall say.
            expected_sha256: Of the bytes it holds now; None if there must be no such file.

        Raises:
            EditConflict: The file is not the expected one; read it again.
            InvalidDefinition: It is no JSON, or too large for a file.
            ReadOnly: The file or its folder cannot be written.
            StoreUnavailable: The disk is full or fails, or somebody holds the lock.
        """
        path = self._path(name)
        original = self._expected(path, expected_sha256)
        data = compose(definition, original)
        self._make_folder()
        with exclusive(self.folder):
            self._expected(path, expected_sha256)
            if data != original:
                replace(path, data)
        return DefinitionFile(name, sha256_hex(data), read_object(data))

    def expect(self, name: str, *, expected_sha256: str | None) -> None:
        """Refuse what ``write`` would refuse, as far as that can be known before.

        Raises:
            EditConflict: The file is not the expected one; read it again.
            ReadOnly: The file cannot be read.
        """
        self._expected(self._path(name), expected_sha256)

    def delete(self, name: str, *, expected_sha256: str) -> None:
        """Remove the file.

        Raises:
            EditConflict: The file is not the expected one; read it again.
            ReadOnly: The file or its folder cannot be written.
            StoreUnavailable: The disk fails, or somebody holds the lock.
        """
        path = self._path(name)
        self._expected(path, expected_sha256)
        with exclusive(self.folder):
            self._expected(path, expected_sha256)
            remove(path)

    def rename(
        self, old: str, new: str, definition: JsonObject, *, expected_sha256: str
    ) -> DefinitionFile:
        """Store the definition and give its file another name.

        The bytes are stored under the old name first: at every moment there is exactly one
        file, and after a crash it says either the old or the new. A file that cannot be
        renamed (a single mounted file) keeps its name, which the result tells.

        Raises:
            NameTaken: There is a file of the new name.
            EditConflict: The file is not the expected one; read it again.
            InvalidDefinition: It is no JSON, or too large for a file.
            ReadOnly: The file or its folder cannot be written.
            StoreUnavailable: The disk is full or fails, or somebody holds the lock.
        """
        path, target = self._path(old), self._path(new)
        original = self._expected(path, expected_sha256)
        data = compose(definition, original)
        with exclusive(self.folder):
            self._expected(path, expected_sha256)
            if os.path.lexists(target):
                raise NameTaken(f"There is a file {new} already. Rename or remove it first.")
            if data != original:
                replace(path, data)
            name = new if rename(path, target) else old
        return DefinitionFile(name, sha256_hex(data), read_object(data))

    def _path(self, name: str) -> Path:
        if not is_definition(name):
            raise ValueError(f"{name!r} is not the name of a definition file.")
        return self.folder / name

    def _stamp(self, name: str) -> FileStamp | None:
        try:
            found = (self.folder / name).stat()
        except FileNotFoundError:  # removed meanwhile, or a link to nothing
            return None
        except OSError:  # it is there: reading it will tell what is wrong
            return UNKNOWN_STAMP
        if not stat.S_ISREG(found.st_mode):
            return None
        return FileStamp(found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)

    def _expected(self, path: Path, sha256: str | None) -> bytes | None:
        try:
            data = read_bytes(path, LIMIT_BYTES)
        except OSError as error:
            raise refusal(error, path) from error
        if data is None and sha256 is not None:
            raise EditConflict(f"{path.name} was removed meanwhile. Load it again.")
        if data is not None and sha256 is None:
            raise EditConflict(f"There is a file {path.name} already. Load it, then change it.")
        if data is not None and sha256_hex(data) != sha256:
            raise EditConflict(f"{path.name} was changed meanwhile. Load it again.")
        return data

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise refusal(error, self.folder) from error


def _read(name: str, data: bytes) -> DefinitionFile | FileProblem:
    sha256 = sha256_hex(data)
    try:
        return DefinitionFile(name, sha256, read_object(data))
    except YamlFault as fault:
        return FileProblem(name, fault.line, fault.message, fault.fix, sha256)
