"""The rules over all that could be read, what is let stand, and what came of it."""
