"""The site generators that a build is measured against: the same records, pages of equal content, templates of their own."""
