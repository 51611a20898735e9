"""From YAML to the model and back; the only room that parses YAML.

`reader` is the way in: it reads each file once (`text`, then `tree`), holds it against its shape
(`shapes`, `scalars`), builds the model (`structures`, `grades`) and gathers every fault as a `Finding`.
`places` finds lines and columns, and only when there is a fault to show. `dump` is the way out.
"""
