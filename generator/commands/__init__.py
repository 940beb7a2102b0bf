"""The commands, one subject a file, and what they say."""
