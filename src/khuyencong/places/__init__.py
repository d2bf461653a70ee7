"""Administrative units through time: districts until 30 June 2025, two tiers since."""
