class ArticleError(Exception):
    """An article that cannot be read. The message is for an editor: what happened, to what, and what to do next."""
