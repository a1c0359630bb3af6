"""The game in text: by keyboard alone, for terminals, screen readers, ssh and scripts.

Knows the session and the views; nothing of the rules' internals.
"""

from game.terminal.play import Play
from game.terminal.speaker import PlainSpeaker, RichSpeaker, Speaker, speaker_for

__all__ = ["PlainSpeaker", "Play", "RichSpeaker", "Speaker", "speaker_for"]
