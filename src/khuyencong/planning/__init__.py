"""Plans and their money: for now the lines of the annual budget that projects are tied to."""
