"""From files to content: every file as its model, each word with its place."""
