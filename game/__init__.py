"""Open Door: a turn-based regional-security strategy simulation."""

__version__ = "0.1.0"
