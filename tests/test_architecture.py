"""The fences bite: a deliberate violation of each is caught. And what the documents list is what there is."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bots.supervisor.procfile import read_procfile
from config import PROJECT

PACKAGES = ("bots", "config", "moderation")
TOOLS = Path(sys.executable).parent
VIOLATIONS = {
    "bots -> config -> moderation, never back": ("moderation/ports.py", "import config"),
    "Inside bots": ("bots/storage/client.py", "import bots.bootstrap.process"),
    "Inside the newsroom": ("bots/newsroom/polls/poll.py", "import bots.newsroom.comments.comment"),
    "Inside moderation": ("moderation/decision.py", "import moderation.ports"),
    "Each phase stands alone": ("moderation/phases/length.py", "import moderation.phases.links"),
    "The newsroom and moderation's rules touch no platform": ("bots/newsroom/clock.py", "import redis"),
    "Only bots.telegram speaks Telegram": ("bots/bootstrap/process.py", "import telegram"),
    "Only bots.discord speaks Discord": ("bots/telegram/sender.py", "import discord"),
    "Only the stores speak Redis": ("bots/reviewer/__main__.py", "import redis"),
    "Only the web and the moderation service serve pages": ("bots/scheduler/__main__.py", "import starlette"),
    "Only the local platforms use aiohttp": ("bots/storage/server.py", "import aiohttp"),
    "Only feeds and scorers call out": ("bots/telegram/render.py", "import httpx2"),
    "httpx is dormant": ("bots/feeds/fetch.py", "import httpx"),
    "Only the scheduler ticks": ("bots/reviewer/__init__.py", "import apscheduler"),
    "Only the command line and up write to a terminal": ("bots/feeds/__init__.py", "import rich"),
    "Only scorers and their training load models": ("moderation/service/app.py", "import numpy"),
    "Only feeds read other people's pages": ("bots/telegram/__init__.py", "import trafilatura"),
    "Settings come in by": ("bots/reviewer/__init__.py", "import config"),
    "Outside moderation": ("bots/reviewer/__main__.py", "import moderation.pipeline"),
}

SETTINGS = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS: list[str] = [contract["name"] for contract in SETTINGS["tool"]["importlinter"]["contracts"]]


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What import-linter says to a copy that violates everything."""
    copy = tmp_path_factory.mktemp("violations")
    for package in PACKAGES:
        shutil.copytree(PROJECT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__", "*.npz"))
    shutil.copy2(PROJECT / "pyproject.toml", copy)
    for file, statement in VIOLATIONS.values():
        path = copy / file
        path.write_text(f"{path.read_text(encoding='utf-8')}\n{statement}\n", encoding="utf-8")
    return lint_imports(copy)


def lint_imports(folder: Path) -> str:
    command = [str(TOOLS / "lint-imports"), "--no-cache"]
    environ = {"COLUMNS": "500", "PYTHONPATH": str(folder)}
    shown = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False).stdout
    return re.sub(r"\s+", " ", shown)


@pytest.mark.parametrize("name", VIOLATIONS)
def test_a_violation_of_each_contract_is_caught(broken: str, name: str) -> None:
    contract = next(contract for contract in CONTRACTS if contract.startswith(name))
    assert f"{contract} BROKEN" in broken


def test_every_contract_has_its_violation() -> None:
    assert sorted(VIOLATIONS) == sorted(known for name in CONTRACTS for known in VIOLATIONS if name.startswith(known))
    assert len(CONTRACTS) == len(VIOLATIONS)


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("import os\n\nHOME = os.environ", "TID251"),
        ("from datetime import UTC, datetime\n\nNOW = datetime.now(UTC)", "TID251"),
        ("from unittest import mock\n\nM = mock", "TID251"),
        ("from .clock import Clock\n\nC = Clock", "TID252"),
        ("import pickle\n\nL = pickle.loads(b'')", "S301"),
    ],
)
def test_a_banned_word_is_caught(code: str, rule: str) -> None:
    command = [str(TOOLS / "ruff"), "check", "--quiet", "--stdin-filename", "bots/newsroom/example.py", "-"]
    shown = subprocess.run(command, cwd=PROJECT, input=f"{code}\n", capture_output=True, text=True, check=False).stdout

    assert rule in shown


def packages_of_bots() -> set[str]:
    return {folder.name for folder in (PROJECT / "bots").iterdir() if (folder / "__init__.py").exists()}


def mains() -> set[str]:
    return {file.parent.name for file in (PROJECT / "bots").glob("*/__main__.py")}


def test_a_line_of_the_procfile_is_a_package_with_a_main_and_runs_it() -> None:
    for name, line in read_procfile(PROJECT / "Procfile").items():
        if name == "moderation":
            # not the launcher: a process that is started again must never set anything up
            assert line == "exec .venv/bin/python -m bots.cli moderation"
        else:
            assert line == f"exec .venv/bin/python -m bots.{name}"
            assert name in mains()


def test_every_process_has_its_line_in_the_procfile() -> None:
    # the command line is no process, and the sandbox comes and goes with `up`
    assert mains() - {"cli", "sandbox"} | {"moderation"} == set(read_procfile(PROJECT / "Procfile"))


def test_contributors_are_told_of_every_package() -> None:
    told = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [name for name in sorted(packages_of_bots()) if f"`bots/{name}/`" not in told] == []
    for package in PACKAGES:
        assert f"`{package}/" in told
