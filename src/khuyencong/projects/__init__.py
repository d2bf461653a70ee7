"""Support projects: who was supported, with what, from which fund, when it was accepted."""
