"""Results as JSON, the stable interface: one module a result; `document` has what all of them share."""
