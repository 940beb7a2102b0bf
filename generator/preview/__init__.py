"""What editors see while they write: each page made when it is asked for."""
