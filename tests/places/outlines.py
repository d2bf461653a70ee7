"""Small invented boundaries: a square around the point of each unit, written as map software writes them."""

import json

SIDE = 0.02  # degrees


def square(unit, side=SIDE, longitude=None, latitude=None):
    """The ring of a square around the unit's point."""
    x = unit.longitude if longitude is None else longitude
    y = unit.latitude if latitude is None else latitude
    half = side / 2
    return [
        [x - half, y - half],
        [x + half, y - half],
        [x + half, y + half],
        [x - half, y + half],
        [x - half, y - half],
    ]


def feature(unit=None, ring=None, geometry=None, **properties):
    """One object of a file: the unit's square unless another shape is given; code and name unless others are."""
    told = {"code": unit.code, "name": unit.name} if unit and not properties else properties
    shape = geometry or {"type": "Polygon", "coordinates": [ring or square(unit)]}
    return {"type": "Feature", "properties": told, "geometry": shape}


def collection(*features, **more):
    """The file."""
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}, ensure_ascii=False).encode()
