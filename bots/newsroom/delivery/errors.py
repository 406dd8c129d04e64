"""What went wrong with a delivery, named for what to do next. Adapters raise these and nothing else."""


class DeliveryError(Exception):
    """The root of the family."""


class RetryLater(DeliveryError):
    """Nothing was shown; the same call may succeed after `after` seconds.

    Until then everything for the chat waits, or for the `whole_platform`, or this message `alone`.
    """

    def __init__(self, reason: str, after: float = 1.0, *, whole_platform: bool = False, alone: bool = False) -> None:
        super().__init__(reason)
        self.after = after
        self.whole_platform = whole_platform
        self.alone = alone


class DestinationGone(DeliveryError):
    """The chat, thread or reader cannot be reached any more: do not try again."""


class MessageRefused(DeliveryError):
    """The platform will never take this message as it is: do not try again, tell a person."""


class Uncertain(DeliveryError):
    """The call broke off: the message may or may not be there. Verify before sending again."""


class MessageGone(DeliveryError):
    """The message to edit or delete is not there any more."""
