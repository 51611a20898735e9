"""Dated national parameters, one YAML each, every value with what announced it, its sources and its basis.

A YAML file beside this one is a parameter: `ni-rate.yaml` is `ni-rate`. Adding a value is adding an entry to its
`values` and moving `complete_to` on. `reading` holds a file against the one shape, `parameters` finds them, `years`
says what is in force in a financial year. A year that is not covered is `NotKnown`; nothing is carried over.
"""
