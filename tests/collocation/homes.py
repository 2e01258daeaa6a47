"""The home, under pytest's folder of this run, where the shipped index is expanded once for all tests."""

SHARED_HOME = "collocation-home"
