"""Pieces of the play screen, each built from the views alone."""
