"""The library: documents through time, their editions, provisions and relations; the numbers that dated rules set."""
