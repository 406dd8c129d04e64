"""From a question to the options of its poll, where the question leaves no choice but yes or no."""

# ruff: noqa: RUF001 - words of many languages

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class _Grammar:
    """How a language asks for yes or no, and its words for the answers."""

    options: tuple[str, str, str]
    """Yes, no, not sure."""
    opening: re.Pattern[str]
    """What a yes/no question begins with."""
    choice: re.Pattern[str]
    """What offers more than yes and no: "A or B", "and how". With one of these nothing is guessed."""


def _any(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words.split())})(?![\w'])", re.IGNORECASE)


def _grammar(options: str, opening: str, choice: str) -> _Grammar:
    yes, no, not_sure = options.split(" / ")
    return _Grammar((yes, no, not_sure), _any(opening), _any(choice))


_FRENCH_INVERSION = (
    r"(?:(?!(?:qui|que|quoi|où|quand|comment|pourquoi|combien|l?a?quel\w*)\b|qu')[\w']+,?[ ]){0,12}?"
    r"(?!qu')\w[\w']*-(?:t-)?(?:il|elle|on|ils|elles|vous|nous|tu|ce)"
).replace(" ", r"\x20")

# German, Dutch and English put the verb first; French turns verb and pronoun around, anywhere before the object;
# Ukrainian and Polish begin with a particle, Russian has one after the first words; Spanish, Italian and Portuguese
# only change the melody, so a question there is known by the verbs that such questions commonly begin with.
_GRAMMARS = {
    "en": _grammar(
        "Yes / No / Not sure",
        "(?:is|are|was|were|do|does|did|can|could|should|would|has|have|had|must|need|may|might|shall)(?:n't)? "
        "will won't can't shan't",
        r"or(?!\x20not) and\x20(?:how|why|who|what|when|where|which)",
    ),
    "de": _grammar(
        "Ja / Nein / Weiß nicht",
        "soll sollen sollte sollten ist sind war waren wäre wären hat haben hatte hatten wird werden würde würden will "
        "wollen kann können könnte könnten darf dürfen dürfte dürften muss müssen müsste müssten braucht brauchen gibt "
        "gehört gehören reicht reichen finden halten glauben denken meinen stimmen unterstützen befürworten vertrauen",
        r"oder(?!\x20nicht) und\x20(?:wie|warum|wer|was|wann|wo|welche[rsnm]?)",
    ),
    "fr": _grammar(
        "Oui / Non / Je ne sais pas", _FRENCH_INVERSION, r"ou(?!\x20non) et\x20(?:comment|pourquoi|qui|que|quand|où)"
    ),
    "es": _grammar(
        "Sí / No / No lo sé",
        "debe deben debería deberían debemos deberíamos es son está están hay cree crees creen piensa piensas ha han "
        "habría puede pueden podría podrían tiene tienen hace apoya apoyas apoyaría se",
        r"o(?!\x20no) u y\x20(?:cómo|quién|qué|cuándo|dónde)",
    ),
    "it": _grammar(
        "Sì / No / Non so",
        "deve devono dovrebbe dovrebbero è sono bisogna può possono potrebbe crede credete pensa pensate ha hanno "
        "serve",
        r"o(?!\x20no) oppure e\x20(?:come|chi|perché|quando|dove)",
    ),
    "pt": _grammar(
        "Sim / Não / Não sei",
        "deve devem deveria deveriam é são será está há pode podem poderia acha acham acredita concorda tem têm",
        r"ou(?!\x20não) e\x20(?:como|quem|quando|onde)",
    ),
    "nl": _grammar(
        "Ja / Nee / Weet ik niet",
        "moet moeten is zijn kan kunnen zou zouden mag mogen zal zullen heeft hebben vindt vind gelooft denkt wordt",
        r"of(?!\x20niet) en\x20(?:hoe|wie|wat|wanneer|waar|waarom)",
    ),
    "uk": _grammar(
        "Так / Ні / Важко сказати", "чи хіба невже", r"або чи(?!\x20ні) (?:і|й|та)\x20(?:як|хто|що|коли|чому)"
    ),
    "ru": _grammar(
        "Да / Нет / Затрудняюсь ответить",
        r"(?:[\w-]+\x20){1,3}ли разве неужели",
        r"или(?!\x20нет) и\x20(?:как|кто|что|когда|почему)",
    ),
    "pl": _grammar("Tak / Nie / Trudno powiedzieć", "czy", r"lub albo czy(?!\x20nie) i\x20(?:jak|kto|co|kiedy)"),
}
_UNKNOWN_LANGUAGE = "en"
_AROUND = "¿ \t\"'“”„«»"


def default_options(question: str, language: str) -> tuple[str, ...]:
    """Yes / No / Not sure in the question's language, for a question that can be answered so; else ().

    `language` is a BCP 47 tag of which the first part counts; "" stands for English. () for a language without a
    grammar here, for "who" and "why", and for "A or B": then the editor is asked for options.
    """
    grammar = _GRAMMARS.get(language.partition("-")[0].lower() or _UNKNOWN_LANGUAGE)
    asked = " ".join(question.replace("’", "'").split()).strip(_AROUND)
    if grammar is None or not asked.endswith(("?", "？")):
        return ()
    opening = grammar.opening.match(asked)
    offers_choice = opening is None or grammar.choice.search(asked, opening.end())
    return () if offers_choice else grammar.options
