"""From what is true to what should be seen: an event says that something changed, its plan looks at the state now."""
