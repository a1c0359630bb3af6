"""What a whole book must satisfy: small passes that each collect faults, none stopping at the first."""

from game.scenario.checks.run import check_book, check_names

__all__ = ["check_book", "check_names"]
