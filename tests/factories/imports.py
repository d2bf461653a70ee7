"""Files that wait to be imported."""

import hashlib
from pathlib import Path

from django.core.files.base import ContentFile

from khuyencong.imports.models import ImportBatch


def make_batch(owner, kind="establishments", content=None, name="co-so.csv"):
    """An uploaded file that waits for confirmation; without ``content``, one new household."""
    content = content or "Tên cơ sở,Loại hình,Xã\nCơ sở mộc thử,Hộ kinh doanh,Xã Trùng Khánh\n".encode()
    batch = ImportBatch(kind=kind, owner=owner, file_name=name, sha256=hashlib.sha256(content).hexdigest())
    batch.file.save(f"{batch.id}{Path(name).suffix}", ContentFile(content), save=False)
    batch.save()
    return batch
