"""The words of the tool as frozen types; imports nothing of ours.

Start with `structures` (posts, teams, costs), then `grades`, then `results`
(what an analysis answers) and `findings` (what is wrong with a file).
"""
