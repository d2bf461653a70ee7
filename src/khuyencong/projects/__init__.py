"""Support projects: who was supported, with what, from which fund. A wing: each part one piece of a project's life."""
