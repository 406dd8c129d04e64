"""How a message gets to its place once, stays right there, and is known to have arrived."""
