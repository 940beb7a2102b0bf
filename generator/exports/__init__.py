"""The files of the open data, and others that stand beside the pages."""
