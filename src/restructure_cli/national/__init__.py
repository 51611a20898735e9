"""Dated national parameters, one YAML each, every value with its title, source and basis. Empty as yet."""
