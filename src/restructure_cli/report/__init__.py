"""A result to a `Report`: sections, tables, cells and notes, one builder a result; knows nothing of formats.

A builder chooses what a reader sees and in what words. It adds nothing up: sums come from the analysis.
"""
