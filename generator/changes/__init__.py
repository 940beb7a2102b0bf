"""Changes after publication: what was published, what was altered, two states compared."""
