"""The commands in groups; each adds its own to the application of `game.cli`."""
