"""What the open data are: their tables, each column once, and what is said of them."""
