"""What a platform's checkup finds, for `doctor`."""

from typing import NamedTuple


class Finding(NamedTuple):
    """One thing that was looked at. `what_to_do` is empty where all is well."""

    ok: bool
    what: str
    what_to_do: str = ""
