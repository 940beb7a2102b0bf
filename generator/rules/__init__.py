"""What forms must add up to; one subject a file."""
