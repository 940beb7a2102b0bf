"""Words, where they stand, and what is said of them; addresses are words too."""
