"""The map: what the programme did and could do, commune by commune; and in the provinces of the nation."""
