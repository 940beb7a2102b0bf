"""What pages say: the facts of forms, of lists and of projects, reckoned and put into words."""
