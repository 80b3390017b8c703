"""Evidence: every quote held against the text that it was taken from."""
