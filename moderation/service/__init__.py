"""The scorer as a web service."""

from moderation.service.app import Parts, create_app
from moderation.service.coral import Coral
from moderation.service.serve import PortTaken, serve

__all__ = ["Coral", "Parts", "PortTaken", "create_app", "serve"]
