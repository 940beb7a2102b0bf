"""The stages that the line is put together from, and what it keeps from one build to the next."""
