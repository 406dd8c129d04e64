"""The scorer as a web service."""

from moderation.service.app import create_app
from moderation.service.serve import PortTaken, serve

__all__ = ["PortTaken", "create_app", "serve"]
