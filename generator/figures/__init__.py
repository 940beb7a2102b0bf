"""What a form prints, read: amounts, dates, targets; and the figures of its running text."""
