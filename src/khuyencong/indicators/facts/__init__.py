"""What happened, as flat tables that add up: every row lies in one commune, one month and under one fund."""
