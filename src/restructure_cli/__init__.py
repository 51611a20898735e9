"""`restructure`: an establishment as text files, and what a reorganisation changes in posts, vacancies and money.

Start with `cli`, whose table of verbs leads to everything else.
"""

__version__ = "0.1.0"
