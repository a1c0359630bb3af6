"""The desktop: a window on one game, or the same pictures without a window.

`App` takes pygame events and gives frames; `screens` are what it shows; `work` keeps long computations
off the frames; `ui` is the toolkit and `map` the map. Knows the session and the views, never the rules.
"""
