"""What `doctor` prints: a line a finding, as soon as it is found, and the store's growth as a table."""

from datetime import timedelta

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bots.cli.checks import Finding, findings, measure
from bots.storage.growth import Growth
from config import Settings

LARGEST = 12
"""Kinds of keys that are listed, largest first; the rest is small."""


async def report(settings: Settings) -> int:
    """Gives the exit status: 0 when all is well."""
    console, wrong, area = Console(), 0, ""
    async for finding in findings(settings):
        if finding.area != area:
            area = finding.area
            console.print(Text(f"\n{area}", "bold"))
        console.print(_line(finding), soft_wrap=True)
        wrong += not finding.ok
    measured = await measure(settings)
    if measured is not None:
        console.print(_growth(measured))
    console.print("\nAll is well." if not wrong else f"\n{wrong} to mend.", style="green" if not wrong else "red")
    return 1 if wrong else 0


def _line(finding: Finding) -> Text:
    mark = Text("  ✓ ", "green") if finding.ok else Text("  ✗ ", "red")
    line = mark.append(finding.what, "" if finding.ok else "bold")
    return line.append(f"\n    {finding.what_to_do}", "yellow") if finding.what_to_do else line


def _growth(measured: Growth) -> Table:
    limit = f" of {measured.limit_mb:.0f} MB" if measured.limit_mb else ", no limit set"
    partly = "" if measured.complete else " (only the first keys were looked at)"
    table = Table("Kept", "Keys", "MB", "For", title=f"Memory: {measured.used_mb:.1f} MB{limit}{partly}")
    for use in measured.families[:LARGEST]:
        table.add_row(use.family, str(use.keys), f"{use.megabytes:.2f}", f"{_span(use.keep)}: {use.why}")
    return table


def _span(keep: timedelta | None) -> str:
    if keep is None:
        return "always"
    return f"{keep.days} days" if keep.days else f"{keep.seconds // 60} min"
