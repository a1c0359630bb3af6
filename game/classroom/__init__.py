"""A class at play: one server on the teacher's machine, pages for pupils, teacher and projector.

SQLite is the truth: what is acknowledged is on the disk. Knows seats, people and pages; never how rules move the world.
"""
