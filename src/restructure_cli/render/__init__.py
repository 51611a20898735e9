"""Writes a `Report` out in the formats that people read.

One module a format (`text`, `csv`), and beside them one subject each: how a figure is printed
(`figures`), what text may be sent to a terminal or a spreadsheet (`printable`), where a line breaks
(`wrapping`) and how a table fits a width (`grid`).

Only a `Report` comes in, and only text goes out. Nothing here adds, rounds or compares figures.
"""
