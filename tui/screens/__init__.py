"""What fills the terminal: the overview, an office, a review, the quarantine."""
