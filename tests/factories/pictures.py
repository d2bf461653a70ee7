"""Small pictures as cameras and scanners make them."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from khuyencong.core.files import intake


def picture(kind="JPEG", size=(24, 16), place=False):
    """A picture; with ``place`` a camera also wrote where it was taken, by whom, and that it lies on its side."""
    exif = Image.Exif()
    if place:
        exif[0x0112] = 6  # turn it by 90 degrees
        exif[0x010F] = "Máy ảnh"
        exif[0x013B] = "Người chụp"
        exif.get_ifd(0x8825)[2] = (22.0, 50.0, 12.0)
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind, exif=exif)
    return out.getvalue()


def photo(name="may.png"):
    """A picture that passed the door."""
    return intake.check(SimpleUploadedFile(name, picture("PNG")), intake.PICTURES)
