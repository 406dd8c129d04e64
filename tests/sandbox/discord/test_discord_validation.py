from typing import Any

import pytest

from bots.sandbox.discord.errors import ApiError
from bots.sandbox.discord.validation import check_message, check_modal

Json = dict[str, Any]


def button(**fields: Any) -> Json:
    return {"type": 2, "style": 1, "label": "Yes", "custom_id": "v:1"} | fields


def row(*components: Json) -> Json:
    return {"type": 1, "components": list(components)}


def wrong_paths(errors: Json, path: str = "") -> set[str]:
    if "_errors" in errors:
        return {path}
    return set().union(*(wrong_paths(child, f"{path}.{key}".lstrip(".")) for key, child in errors.items()))


@pytest.mark.parametrize(
    ("components", "path"),
    [
        ([row(button(label="x" * 81))], "components.0.components.0.label"),
        ([row(button(custom_id="x" * 101))], "components.0.components.0.custom_id"),
        ([row(button(label=None))], "components.0.components.0"),
        ([row(button(style=5, custom_id=None))], "components.0.components.0.url"),
        ([row(*[button(custom_id=str(n)) for n in range(6)])], "components.0.components"),
        ([row(button(custom_id=str(n))) for n in range(6)], "components"),
        ([row(button()), row(button())], "components"),
        ([button()], "components.0.type"),
        ([row({"type": 3, "custom_id": "s", "options": []})], "components.0.components.0.options"),
    ],
)
def test_components_over_a_limit_are_refused_by_path(components: list[Json], path: str) -> None:
    with pytest.raises(ApiError) as caught:
        check_message({"content": "x", "components": components})

    assert caught.value.body["code"] == 50035
    assert wrong_paths(caught.value.body["errors"]) == {path}


@pytest.mark.parametrize(
    "body",
    [
        {"flags": 1 << 15, "components": [{"type": 10, "content": "x"}] * 41},
        {"flags": 1 << 15, "components": [{"type": 10, "content": "x" * 4001}]},
        {"flags": 1 << 15, "components": [{"type": 10, "content": "x"}], "content": "both"},
        {"content": "x", "nonce": "n" * 26},
        {"embeds": [{"title": "t"}] * 11},
        {"embeds": [{"title": "t", "fields": [{"name": "n", "value": "v"}] * 26}]},
    ],
)
def test_other_limits_are_refused_too(body: Json) -> None:
    with pytest.raises(ApiError):
        check_message(body)


def test_everything_at_its_limit_is_taken() -> None:
    full = row(*[button(custom_id=f"{n}" * 100 if n else "0", label="x" * 80) for n in range(5)])
    check_message(
        {"content": "x" * 2000, "nonce": "n" * 25, "components": [full], "embeds": [{"description": "x" * 4096}]}
    )
    check_message({"flags": 1 << 15, "components": [{"type": 10, "content": "x" * 100}] * 40})


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "x" * 46},
        {"custom_id": ""},
        {"components": []},
        {"components": [{"type": 18, "label": "x" * 46, "component": {"type": 4, "custom_id": "a", "style": 1}}]},
        {"components": [{"type": 18, "label": "x", "component": {"type": 4, "custom_id": "", "style": 1}}]},
    ],
)
def test_a_form_over_a_limit_is_refused(changed: Json) -> None:
    text_input = {"type": 18, "label": "Text", "component": {"type": 4, "custom_id": "a", "style": 1}}
    form = {"title": "Comment", "custom_id": "c", "components": [text_input]}
    check_modal(form)

    with pytest.raises(ApiError):
        check_modal(form | changed)
