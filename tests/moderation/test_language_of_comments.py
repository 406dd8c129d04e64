import pytest

from moderation import language_of
from moderation.language import name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The sanctions should have come years ago, in my opinion.", "en"),
        ("Das ist doch wirklich ein guter Artikel gewesen.", "de"),
        ("Les sanctions ne marchent jamais, tout le monde le sait.", "fr"),
        ("\u0421\u043b\u0430\u0432\u0430 \u0423\u043a\u0440\u0430\u0457\u043d\u0456, \u043d\u0430\u0448\u0456", "uk"),
        ("Great news!", "en"),
        ("Thank you", "en"),
        ("stupid article", "en"),
        ("Y0u are an 1d10t", "en"),
        ("Thank you, see https://ejemplo.es/puta/madre/de/todos for it", "en"),
    ],
)
def test_a_comment_is_named_by_its_language(text, code):
    assert language_of(text) == code


@pytest.mark.parametrize(
    "text", ["", "\U0001f44d\U0001f44d", "12345", "hijo de puta", "merde", "xq zzv kkw", "@reader http://a.b/c"]
)
def test_nobody_guesses_when_there_is_too_little_to_go_by(text):
    assert language_of(text) is None


def test_a_language_is_told_by_name_and_code():
    assert name("uk") == "Ukrainian (uk)"
    assert name("xx") == "xx"
