import os
import socket

import pytest

from deftly.errors import EditConflict, InvalidDefinition, NameTaken
from deftly.store.definition_file import DefinitionFile, FileProblem, file_for, is_definition
from deftly.store.definitions import DefinitionFiles
from deftly.values import sha256_hex


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "actions"


@pytest.fixture
def files(folder):
    return DefinitionFiles(folder)


def names_in(folder) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_a_folder_that_is_missing_holds_no_definitions(files, folder):
    assert files.scan() == {}
    assert files.read("a.yaml") is None
    assert not folder.exists()


def test_the_first_write_makes_the_folder(files, folder):
    written = files.write("a.yaml", {"name": "A", "size": 1}, expected_sha256=None)
    assert written == DefinitionFile(
        "a.yaml", sha256_hex("name: A\nsize: 1\n"), {"name": "A", "size": 1}
    )
    assert files.read("a.yaml") == written
    assert names_in(folder) == ["a.yaml"]


def test_only_definitions_are_scanned(files, folder, tmp_path):
    folder.mkdir()
    for name in ("a.yaml", "b.yml", "ä b.yaml"):
        (folder / name).write_text("x: 1\n")
    ignored = [
        *(".a.yaml", ".a.yaml.swp", "a.yaml~", "#a.yaml#", ".#a.yaml", "~a.yaml", "a.yaml.bak"),
        *("a.yaml.orig", "4913", "a.json", "yaml", ".yaml", "README.md", ".a.yaml.deftly-tmp"),
    ]
    for name in ignored:
        (folder / name).write_text("x: 1\n")
    (folder / "folder.yaml").mkdir()
    os.mkfifo(folder / "pipe.yaml")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / "s.yaml"))
    (folder / "gone.yaml").symlink_to(tmp_path / "nothing")
    (tmp_path / "elsewhere").write_text("x: 2\n")
    (folder / "link.yaml").symlink_to(tmp_path / "elsewhere")

    assert sorted(files.scan()) == ["a.yaml", "b.yml", "link.yaml", "ä b.yaml"]
    assert files.read("link.yaml").definition == {"x": 2}


def test_a_stamp_changes_with_the_bytes_and_with_the_rights(files, folder):
    files.write("a.yaml", {"n": 1}, expected_sha256=None)
    first = files.scan()["a.yaml"]
    assert files.scan()["a.yaml"] == first
    (folder / "a.yaml").chmod(0o640)
    second = files.scan()["a.yaml"]
    (folder / "a.yaml").write_text("n: 22\n")
    assert len({first, second, files.scan()["a.yaml"]}) == 3


def test_a_folder_that_is_a_file_is_a_problem(files, folder):
    folder.write_text("")
    problem = files.scan()
    assert isinstance(problem, FileProblem)
    assert (problem.file, problem.line) == ("actions", None)
    assert problem.fix


def test_a_malformed_file_is_a_problem_with_line_and_fix(files, folder):
    folder.mkdir()
    (folder / "a.yaml").write_text("a: 1\nb: [\n")
    problem = files.read("a.yaml")
    assert isinstance(problem, FileProblem)
    assert (problem.file, problem.line) == ("a.yaml", 2)
    assert problem.sha256 == sha256_hex("a: 1\nb: [\n")
    assert problem.message
    assert problem.fix


def test_a_pipe_does_not_keep_the_reader_waiting(files, folder):
    folder.mkdir()
    os.mkfifo(folder / "a.yaml")
    assert "regular" in files.read("a.yaml").message


def test_a_file_larger_than_a_mebibyte_is_a_problem(files, folder):
    folder.mkdir()
    (folder / "a.yaml").write_text("a: " + "x" * 2**20)
    assert "1 MiB" in files.read("a.yaml").message


def test_a_name_that_is_not_utf8_is_a_problem_that_can_be_shown(files, folder):
    folder.mkdir()
    try:
        (folder / os.fsdecode(b"\xff.yaml")).write_text("a: 1\n")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    [name] = files.scan()
    problem = files.read(name)
    assert problem.file.encode() == b"\\udcff.yaml"
    assert "UTF-8" in problem.message


@pytest.mark.parametrize("name", ["../a.yaml", "a/b.yaml", ".a.yaml", "a.json", "", "a\0.yaml"])
def test_a_name_outside_the_folder_is_never_touched(files, name):
    assert not is_definition(name)
    for attempt in (
        lambda: files.read(name),
        lambda: files.write(name, {}, expected_sha256=None),
        lambda: files.delete(name, expected_sha256=""),
        lambda: files.rename("a.yaml", name, {}, expected_sha256=""),
    ):
        with pytest.raises(ValueError, match="not the name of a definition file"):
            attempt()


def test_a_file_is_named_after_its_tool():
    assert file_for("get_order_status") == "get_order_status.yaml"


@pytest.mark.parametrize("tool", ["", "../a", "a b", ".a", "a/b", "ä"])
def test_what_is_no_tool_name_names_no_file(tool):
    with pytest.raises(ValueError, match="cannot name a file"):
        file_for(tool)


def test_an_edit_keeps_comments_and_order(files, folder):
    folder.mkdir()
    (folder / "a.yaml").write_text("# top\nb: 1  # one\na: 2\n")
    read = files.read("a.yaml")
    written = files.write("a.yaml", {"a": 2, "b": 3}, expected_sha256=read.sha256)
    assert (folder / "a.yaml").read_text() == "# top\nb: 3  # one\na: 2\n"
    assert list(written.definition) == ["b", "a"]
    assert files.read("a.yaml") == written


def test_a_write_that_changes_nothing_leaves_the_file_alone(files):
    first = files.write("a.yaml", {"a": 1}, expected_sha256=None)
    stamps = files.scan()
    assert files.write("a.yaml", {"a": 1}, expected_sha256=first.sha256) == first
    assert files.scan() == stamps


def test_a_file_that_is_there_already_is_not_overwritten(files):
    files.write("a.yaml", {"a": 1}, expected_sha256=None)
    with pytest.raises(EditConflict, match=r"already.*Load it"):
        files.write("a.yaml", {"a": 2}, expected_sha256=None)
    assert files.read("a.yaml").definition == {"a": 1}


def test_a_file_that_changed_meanwhile_is_not_overwritten(files, folder):
    first = files.write("a.yaml", {"a": 1}, expected_sha256=None)
    (folder / "a.yaml").write_text("a: by hand\n")
    for attempt in (
        lambda: files.write("a.yaml", {"a": 2}, expected_sha256=first.sha256),
        lambda: files.delete("a.yaml", expected_sha256=first.sha256),
        lambda: files.rename("a.yaml", "b.yaml", {"a": 2}, expected_sha256=first.sha256),
    ):
        with pytest.raises(EditConflict, match="changed meanwhile"):
            attempt()
    assert (folder / "a.yaml").read_text() == "a: by hand\n"
    assert names_in(folder) == ["a.yaml"]


def test_a_file_that_was_removed_meanwhile_is_not_made_again(files, folder):
    first = files.write("a.yaml", {"a": 1}, expected_sha256=None)
    (folder / "a.yaml").unlink()
    with pytest.raises(EditConflict, match="removed meanwhile"):
        files.write("a.yaml", {"a": 2}, expected_sha256=first.sha256)
    with pytest.raises(EditConflict, match="removed meanwhile"):
        files.delete("a.yaml", expected_sha256=first.sha256)
    assert names_in(folder) == []


def test_a_malformed_file_can_be_replaced_by_whoever_has_seen_it(files, folder):
    folder.mkdir()
    (folder / "a.yaml").write_text("a: [")
    problem = files.read("a.yaml")
    files.write("a.yaml", {"a": 1}, expected_sha256=problem.sha256)
    assert (folder / "a.yaml").read_text() == "a: 1\n"


def test_a_definition_that_is_no_json_leaves_the_file_alone(files):
    first = files.write("a.yaml", {"a": 1}, expected_sha256=None)
    with pytest.raises(InvalidDefinition):
        files.write("a.yaml", {"a": float("nan")}, expected_sha256=first.sha256)
    assert files.read("a.yaml") == first


def test_a_deleted_file_is_gone(files, folder):
    first = files.write("a.yaml", {"a": 1}, expected_sha256=None)
    files.delete("a.yaml", expected_sha256=first.sha256)
    assert names_in(folder) == []


def test_a_renamed_file_keeps_its_comments(files, folder):
    folder.mkdir()
    (folder / "a.yaml").write_text("name: A  # why\n")
    sha256 = files.read("a.yaml").sha256
    renamed = files.rename("a.yaml", "b.yaml", {"name": "B"}, expected_sha256=sha256)
    assert (folder / "b.yaml").read_text() == "name: B  # why\n"
    assert files.read("b.yaml") == renamed
    assert names_in(folder) == ["b.yaml"]


def test_a_rename_never_replaces_another_file(files):
    first = files.write("a.yaml", {"a": 1}, expected_sha256=None)
    files.write("b.yaml", {"b": 1}, expected_sha256=None)
    with pytest.raises(NameTaken, match=r"b\.yaml"):
        files.rename("a.yaml", "b.yaml", {"a": 2}, expected_sha256=first.sha256)
    assert files.read("a.yaml") == first
    assert files.read("b.yaml").definition == {"b": 1}


def test_mode_and_link_survive_a_write(files, folder, tmp_path):
    folder.mkdir()
    target = tmp_path / "elsewhere.yaml"
    target.write_text("a: 1\n")
    target.chmod(0o640)
    (folder / "a.yaml").symlink_to(target)
    sha256 = files.read("a.yaml").sha256
    files.write("a.yaml", {"a": 2}, expected_sha256=sha256)
    assert (folder / "a.yaml").is_symlink()
    assert target.read_text() == "a: 2\n"
    assert target.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file away")
def test_the_owner_survives_a_write(files, folder):
    first = files.write("a.yaml", {"a": 1}, expected_sha256=None)
    os.chown(folder / "a.yaml", 65534, 65534)
    files.write("a.yaml", {"a": 2}, expected_sha256=first.sha256)
    found = (folder / "a.yaml").stat()
    assert (found.st_uid, found.st_gid) == (65534, 65534)


def test_a_new_file_has_the_mode_that_the_umask_leaves(files, folder):
    before = os.umask(0o027)
    try:
        files.write("a.yaml", {"a": 1}, expected_sha256=None)
    finally:
        os.umask(before)
    assert (folder / "a.yaml").stat().st_mode & 0o777 == 0o640
