"""Pure working-out: no files, no clock, no printing. Each module takes the model and returns results.

`sides` says what one structure's figures are, `pools` who may move where, `matching` which posts belong
together; `diff`, `vacancies` and `cost` answer the commands; `tree` adds up under published totals.
"""
