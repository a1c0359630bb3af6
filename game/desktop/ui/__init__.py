"""The desktop's toolkit: themed widgets on pygame surfaces, laid out in a tree and reached by pointer and keyboard.

`Kit` measures and holds caches, widget functions make `Node`s, `Ui` routes events to them and returns commands,
`Painter` draws, `Ledger` checks the layout. Nothing here knows the game.
"""
