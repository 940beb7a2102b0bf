"""What editors' tools know of the files, and the one form in which they are written."""
