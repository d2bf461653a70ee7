"""Photos that people bring: decoded whole, and written anew without what the camera told of place and owner."""

import io

from khuyencong.core.files import apart
from khuyencong.core.files.opening import Fault, Refused

MOST_POINTS = 100_000_000
_QUALITY = 88


def anew(content: bytes) -> bytes:
    """The picture alone, upright, in its own format (JPEG or PNG). Raises Refused."""
    return apart.run(redrawn)(content)


def redrawn(content: bytes) -> bytes:
    """Runs in the child."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # counted here, for a warning stops nothing
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as found:
        kind = found.format
        if found.width * found.height > MOST_POINTS:
            raise Refused(Fault.TOO_WIDE, detail=f"{found.width} x {found.height}")
        picture = ImageOps.exif_transpose(found)
        profile = found.info.get("icc_profile")
    bare = Image.new(picture.mode, picture.size)  # a new picture has nothing beside its points
    if picture.mode == "P":
        bare.putpalette(picture.getpalette() or [])
    bare.paste(picture)
    out = io.BytesIO()
    if kind == "PNG":
        bare.save(out, "PNG", compress_level=4, icc_profile=profile)
    else:
        bare.save(out, "JPEG", quality=_QUALITY, icc_profile=profile)
    return out.getvalue()
