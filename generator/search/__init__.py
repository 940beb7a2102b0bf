"""The search: what can be found, and the files from which a browser answers."""
