import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.newsroom.alerts.article import Article, Link, LinkKind

LINKS = st.builds(Link, label=st.text(), url=st.text(), kind=st.sampled_from(LinkKind))
ARTICLES = st.builds(Article, links=st.lists(LINKS, max_size=3).map(tuple))


@given(ARTICLES)
def test_an_article_survives_the_way_through_json(article: Article) -> None:
    assert Article.from_json(json.loads(json.dumps(article.to_json()))) == article


def test_a_field_that_was_not_written_stays_empty() -> None:
    assert Article.from_json({"headline": "Dam holds"}) == Article("Dam holds")


def test_an_article_without_a_headline_is_refused() -> None:
    with pytest.raises(KeyError, match="headline"):
        Article.from_json({"standfirst": "Something happened."})
