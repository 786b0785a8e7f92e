"""Drawing, panel by panel. Needs matplotlib; `poultice.plotting` is the way in."""
