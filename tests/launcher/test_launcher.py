"""The launcher, on a small project of its own that needs no network."""

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from config import PROJECT

TOOLS = ("sh", "dirname", "readlink", "cat", "cksum", "uname", "rm", "tail", "sed", "env")
# It cannot be built, and need not be: no test here passes when the launcher asks for a build.
PYPROJECT = """
[build-system]
requires = []
build-backend = "no_such_backend"
[project]
name = "newsdesk"
version = "0.1.0"
dependencies = []
[project.optional-dependencies]
dev = []
detoxify = []
"""
COMMAND = "import os, sys; print('ran', sys.argv[1:], os.getcwd())"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Set up once by the launcher, in a folder with a space in its name."""
    root = tmp_path_factory.mktemp("a newsroom")
    make_project(root)
    assert launch(root).returncode == 0
    return root


def make_project(root: Path) -> None:
    (root / "bots" / "cli").mkdir(parents=True)
    (root / "bots" / "cli" / "__main__.py").write_text(COMMAND)
    (root / "pyproject.toml").write_text(PYPROJECT)
    (root / "constraints.txt").write_text("torch==2.13.0\n")
    shutil.copy2(PROJECT / "newsdesk", root / "newsdesk")


def launch(root: Path, *arguments: str, launcher: str = "", cwd: Path | None = None, **environ: str) -> "Result":
    command = [launcher or str(root / "newsdesk"), *arguments]
    given = environ_of(**environ)
    return subprocess.run(command, cwd=cwd or root, env=given, capture_output=True, text=True, check=False)


def environ_of(**more: str) -> dict[str, str]:
    return {"PATH": f"{Path(sys.base_prefix) / 'bin'}:{os.defpath}", **more}


def wait_for(file: Path) -> None:
    until = time.monotonic() + 60
    while not file.exists():
        assert time.monotonic() < until, f"{file} never came"
        time.sleep(0.02)


Result = subprocess.CompletedProcess[str]


def test_it_passes_words_on_and_stays_in_the_callers_folder(project: Path, tmp_path: Path) -> None:
    done = launch(project, "alert", "send", "my article.md", cwd=tmp_path)

    assert done.stdout == f"ran ['alert', 'send', 'my article.md'] {tmp_path.resolve()}\n"
    assert done.stderr == ""


def test_a_symbolic_link_leads_to_it(project: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "first").symlink_to(project / "newsdesk")
    (tmp_path / "second").symlink_to("folder/first")

    assert launch(project, "x", launcher=str(tmp_path / "second"), cwd=tmp_path).stdout.startswith("ran ['x']")


def test_a_folder_named_bots_where_it_is_called_changes_nothing(project: Path, tmp_path: Path) -> None:
    (tmp_path / "bots").mkdir()
    (tmp_path / "bots" / "__init__.py").write_text("raise SystemExit('the wrong one')")

    assert launch(project, "x", cwd=tmp_path).stdout.startswith("ran ['x']")


def test_a_changed_lock_is_installed_again(project: Path) -> None:
    with (project / "constraints.txt").open("a") as lock:
        lock.write("idna==3.10\n")

    assert "Installing" in launch(project).stderr
    assert launch(project).stderr == ""


def test_an_installation_that_was_cut_starts_afresh(project: Path) -> None:
    (project / ".venv" / ".installing").touch()
    (project / ".venv" / ".installed-core").unlink()
    half = project / ".venv" / "half-a-package"
    half.touch()

    done = launch(project, "x")

    assert done.stdout.startswith("ran ['x']")
    assert not half.exists()


def test_a_folder_that_was_moved_is_set_up_again(project: Path, tmp_path: Path) -> None:
    moved = tmp_path / "moved"
    shutil.copytree(project, moved, symlinks=True)

    done = launch(moved, "x")

    assert done.stdout == f"ran ['x'] {moved.resolve()}\n"
    assert f"set up once, in {moved.resolve()}" in done.stderr
    assert str(project) not in (moved / ".venv" / "bin" / "pip3").read_text()


def test_two_at_once_set_up_one_after_the_other(tmp_path: Path) -> None:
    make_project(tmp_path)
    with ThreadPoolExecutor() as pool:
        both = list(pool.map(lambda word: launch(tmp_path, word), ["a", "b"]))

    assert sorted(done.stdout[:7] for done in both) == ["ran ['a", "ran ['b"]
    assert sorted("set up once" in done.stderr for done in both) == [False, True]


def test_an_installation_that_outlives_its_launcher_is_waited_for(tmp_path: Path) -> None:
    make_project(tmp_path)
    slow = tmp_path / "slow"
    slow.mkdir()
    ended = tmp_path / "ended"
    (slow / "ensurepip.py").write_text(
        f"import pathlib, time; pathlib.Path('begun').touch(); time.sleep(3); pathlib.Path({str(ended)!r}).touch()"
    )
    launcher = subprocess.Popen([tmp_path / "newsdesk", "x"], cwd=slow, env=environ_of(PYTHONPATH=str(slow)))
    wait_for(slow / "begun")
    launcher.kill()
    launcher.wait()
    assert not ended.exists()

    done = launch(tmp_path, "x")

    assert ended.exists()
    assert "Waiting for another" in done.stderr
    assert done.stdout.startswith("ran ['x']")


def test_an_interpreter_that_went_away_is_replaced(project: Path) -> None:
    for link in (project / ".venv" / "bin").glob("python*"):
        link.unlink()

    assert launch(project, "x").stdout.startswith("ran ['x']")


def test_a_failed_installation_says_why_and_the_next_one_mends_it(project: Path) -> None:
    (project / "pyproject.toml").write_text(PYPROJECT.replace("dependencies = []", 'dependencies = ["./nowhere"]'))

    failed = launch(project)
    assert failed.returncode == 1
    assert "nowhere" in failed.stderr
    assert "run this again" in failed.stderr
    assert failed.stdout == ""

    (project / "pyproject.toml").write_text(PYPROJECT)
    assert launch(project).returncode == 0


def test_without_python_it_says_what_to_install(tmp_path: Path) -> None:
    make_project(tmp_path)
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in TOOLS:
        (tools / name).symlink_to(shutil.which(name) or name)

    done = launch(tmp_path, PATH=str(tools))

    assert done.returncode == 1
    assert "Python 3.11 or later was not found" in done.stderr


def test_a_python_without_ensurepip_and_network_is_told(tmp_path: Path) -> None:
    make_project(tmp_path)
    (tmp_path / "debian").mkdir()
    (tmp_path / "debian" / "ensurepip.py").write_text("raise ImportError")

    done = launch(tmp_path, PYTHONPATH=str(tmp_path / "debian"), PIP_INDEX_URL="http://127.0.0.1:1/simple")

    assert done.returncode == 1
    assert "apt install python3-venv" in done.stderr


def test_it_is_plain_posix_sh() -> None:
    shell = shutil.which("dash")
    if shell is None:
        pytest.skip("dash is not installed; it is the strictest sh there is to check with")
    subprocess.run([shell, "-n", PROJECT / "newsdesk"], check=True)
    assert (PROJECT / "newsdesk").read_text().startswith("#!/bin/sh\n")


def test_the_continuous_integration_calls_it() -> None:
    assert "exec ./newsdesk test" in (PROJECT / ".ci" / "run").read_text()
    assert os.access(PROJECT / ".ci" / "run", os.X_OK)
    assert os.access(PROJECT / "newsdesk", os.X_OK)
