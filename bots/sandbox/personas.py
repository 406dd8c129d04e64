"""Who lives in the sandbox: readers on either platform, and staff with an account on both."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["reader", "moderator", "editor"]


@dataclass(frozen=True, slots=True)
class Person:
    """One person. An account id is None where they are not; two accounts of one entry are the same person."""

    name: str
    role: Role
    about: str
    telegram: int | None = None
    discord: int | None = None

    @property
    def handle(self) -> str:
        """Their @name: lower case, for example "olenamarchenko"."""
        return self.name.replace(" ", "").lower()


OLENA = Person("Olena Marchenko", "reader", "Reads the channel on the tram to work", telegram=1001)
JONAS = Person("Jonas Weber", "reader", "Teaches history and likes to argue", telegram=1002)
PRIYA = Person("Priya Nair", "reader", "Follows world news from Bengaluru", telegram=1003)
KENJI = Person("Kenji Watanabe", "reader", "Studies economics in Osaka", discord=1300000000000001001)
AMARA = Person("Amara Diallo", "reader", "Nurse, reads between two shifts", discord=1300000000000001002)
LUCAS = Person("Lucas Pereira", "reader", "Shares every link he finds", discord=1300000000000001003)
MAYA = Person("Maya Lindqvist", "moderator", "Moderates on both platforms", 1011, 1300000000000001011)
SAMUEL = Person("Samuel Okafor", "moderator", "Second moderator, mostly nights", 1012, 1300000000000001012)
INGRID = Person("Ingrid Halvorsen", "editor", "Runs the news desk", 1021, 1300000000000001021)

PEOPLE = (OLENA, JONAS, PRIYA, KENJI, AMARA, LUCAS, MAYA, SAMUEL, INGRID)
STAFF = tuple(person for person in PEOPLE if person.role != "reader")
