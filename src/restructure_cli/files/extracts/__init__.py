"""Extracts of other systems, read: CSV and workbooks, by mappings of headers, to rows of people and posts.

Nothing is dropped silently: rows in = rows used + rows rejected, and each rejected row or cell is a finding that
names it.
"""
