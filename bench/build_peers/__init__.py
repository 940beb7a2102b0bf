"""What a build is measured against: the same records, pages of equal content, templates of each generator's own."""
