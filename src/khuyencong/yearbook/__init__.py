"""The macro picture: published figures of the province by year, each with its source, beside what the programme did."""
