"""What a scenario says: models, YAML with file:line:col, the rule language, checks, JSON Schema.

Knows nothing of the numbers of a running game.
"""
