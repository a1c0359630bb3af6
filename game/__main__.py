"""`python -m game` is `game`, where the command is not on the path."""

from game.cli import main

if __name__ == "__main__":
    main()
