"""Rules that files must keep beyond their shape, in families; each family is a visible, ordered table.

`catalogue` gathers the tables; a new rule is a row in its family's table.
"""
