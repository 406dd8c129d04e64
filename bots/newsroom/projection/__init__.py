"""From what is true to what should be seen: each change is told by an event, each event is planned from the state as it is now."""
