"""The calls that show, change and remove a message, each with the other way that Telegram leaves open."""

from collections.abc import Awaitable, Callable

from telegram import Bot, LinkPreviewOptions, ReplyParameters
from telegram import Message as Posted
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bots.newsroom.delivery.posts import Sent
from bots.telegram.errors import says_no_picture, says_not_deletable, says_other_kind, says_unchanged
from bots.telegram.render import Rendered

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
WITHDRAWN = Rendered("This message was withdrawn.", "This message was withdrawn.", "", None, silent=True)


async def post(bot: Bot, chat: int, shown: Rendered, answered: int | None = None) -> Posted:
    """Posts it, as an answer to the message `answered`; as a text where Telegram cannot get the photo."""
    if shown.photo:
        try:
            return await _post_photo(bot, chat, shown, answered)
        except BadRequest as error:
            if not says_no_picture(error):
                raise
    return await bot.send_message(
        chat,
        shown.text,
        parse_mode=ParseMode.HTML,
        link_preview_options=NO_PREVIEW,
        disable_notification=shown.silent,
        reply_parameters=_reply(answered),
        reply_markup=shown.keyboard,
    )


async def edit(bot: Bot, sent: Sent, shown: Rendered) -> None:
    """Makes the message show this. One that shows it already has been edited.

    A text and a photo's caption are edited by different calls, and nobody keeps which it was: the likelier comes first.
    """

    async def as_text() -> None:
        await bot.edit_message_text(
            shown.text,
            sent.chat,
            int(sent.message_id),
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=shown.keyboard,
        )

    async def as_caption() -> None:
        await bot.edit_message_caption(
            sent.chat,
            int(sent.message_id),
            caption=shown.caption,
            parse_mode=ParseMode.HTML,
            reply_markup=shown.keyboard,
        )

    await (_either(as_caption, as_text) if shown.photo else _either(as_text, as_caption))


async def remove(bot: Bot, sent: Sent) -> None:
    """Deletes it, or has it say that it was withdrawn where it is too old to be deleted."""
    try:
        await bot.delete_message(sent.chat, int(sent.message_id))
    except BadRequest as error:
        if not says_not_deletable(error):
            raise
        await edit(bot, sent, WITHDRAWN)


async def _post_photo(bot: Bot, chat: int, shown: Rendered, answered: int | None) -> Posted:
    return await bot.send_photo(
        chat,
        shown.photo,
        caption=shown.caption,
        parse_mode=ParseMode.HTML,
        disable_notification=shown.silent,
        reply_parameters=_reply(answered),
        reply_markup=shown.keyboard,
    )


def _reply(answered: int | None) -> ReplyParameters | None:
    """Without the message to answer it must not go out: it would stand outside its thread."""
    return None if answered is None else ReplyParameters(answered, allow_sending_without_reply=False)


async def _either(likely: Callable[[], Awaitable[None]], other: Callable[[], Awaitable[None]]) -> None:
    try:
        await _unless_unchanged(likely)
    except BadRequest as error:
        if not says_other_kind(error):
            raise
        await _unless_unchanged(other)


async def _unless_unchanged(change: Callable[[], Awaitable[None]]) -> None:
    try:
        await change()
    except BadRequest as error:
        if not says_unchanged(error):
            raise
