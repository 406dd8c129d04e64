# ruff: noqa: RUF001 - questions in many languages
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.newsroom.polls.question import default_options

ENGLISH = ("Yes", "No", "Not sure")
GERMAN = ("Ja", "Nein", "Weiß nicht")
FRENCH = ("Oui", "Non", "Je ne sais pas")
SPANISH = ("Sí", "No", "No lo sé")
UKRAINIAN = ("Так", "Ні", "Важко сказати")
RUSSIAN = ("Да", "Нет", "Затрудняюсь ответить")


@pytest.mark.parametrize(
    ("question", "language", "options"),
    [
        ("Should there be harsher sanctions on countries that indirectly support aggression?", "en", ENGLISH),
        ("Isn’t it time for people who fled to return?", "en-GB", ENGLISH),
        ("Will you vote or not?", "", ENGLISH),
        ("Sollte die Stadt die Brücke sperren?", "de-AT", GERMAN),
        ("Halten Sie die Räumung für richtig?", "de", GERMAN),
        ("Faut-il évacuer la vieille ville ?", "fr", FRENCH),
        ("L'Union doit-elle durcir les sanctions ?", "fr", FRENCH),
        ("Est-ce que la digue tiendra ?", "fr", FRENCH),
        ("Pensez-vous que la ville a raison ?", "fr", FRENCH),
        ("¿Debería la ciudad cerrar el puente?", "es", SPANISH),
        ("È giusto chiudere il ponte?", "it", ("Sì", "No", "Non so")),
        ("Deve a cidade fechar a ponte?", "pt-BR", ("Sim", "Não", "Não sei")),
        ("Moet de stad de brug sluiten?", "nl", ("Ja", "Nee", "Weet ik niet")),
        ("Чи вважаєте ви, що міст слід закрити?", "uk", UKRAINIAN),
        ("Нужно ли закрыть мост?", "ru", RUSSIAN),
        ("Czy miasto powinno zamknąć most?", "pl", ("Tak", "Nie", "Trudno powiedzieć")),
    ],
)
def test_a_yes_or_no_question_gets_its_answers_in_its_own_language(
    question: str, language: str, options: tuple[str, ...]
) -> None:
    assert default_options(question, language) == options


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Who should pay for the dyke?", "en"),
        ("What, if anything, should be done?", "en"),
        ("Should the town rebuild or move?", "en"),
        ("Should the meadows be flooded, and how often?", "en"),
        ("Should the town rebuild", "en"),
        ("Was soll die Stadt tun?", "de"),
        ("Soll die Stadt bauen oder warten?", "de"),
        ("Pourquoi doit-on partir ?", "fr"),
        ("Comment l'Union doit-elle répondre ?", "fr"),
        ("Qu'est-ce que la ville doit faire ?", "fr"),
        ("¿Quién debe pagar?", "es"),
        ("Хто має платити?", "uk"),
        ("Чи слід закрити міст, чи залишити його відкритим?", "uk"),
        ("Pitäisikö silta sulkea?", "fi"),
        ("应该制裁吗？", "zh"),
    ],
)
def test_a_question_that_asks_for_more_leaves_the_options_to_the_editor(question: str, language: str) -> None:
    assert default_options(question, language) == ()


@given(st.text(), st.text(max_size=8))
def test_any_text_gets_three_options_or_none(question: str, language: str) -> None:
    assert len(default_options(question, language)) in {0, 3}
