"""Names for invented people and firms. Any likeness to a living person is chance."""

import numpy as np

_SURNAMES = (
    ("Nông", 16), ("Hoàng", 16), ("Lý", 9), ("Bế", 6), ("Đàm", 6), ("Triệu", 6), ("Lục", 5), ("Sầm", 5),
    ("Nguyễn", 9), ("La", 4), ("Mã", 4), ("Hà", 4), ("Đinh", 3), ("Vi", 3), ("Dương", 3), ("Phùng", 2),
    ("Ma", 2), ("Chu", 2), ("Tô", 2), ("Lương", 3),
)  # fmt: skip
_MEN = (
    ("Văn", "Đức", "Minh", "Quốc", "Ích", "Thanh", "Ngọc", "Xuân"),
    ("Sáng", "Hưng", "Tuấn", "Thắng", "Đông", "Khánh", "Bằng", "Toàn", "Quyết", "Lâm", "Sơn", "Hiệp", "Kiên"),
)
_WOMEN = (
    ("Thị", "Thị", "Thị", "Thu", "Bích", "Ngọc", "Kim"),
    ("Hoa", "Lan", "Thơm", "Huệ", "Mai", "Nhung", "Yến", "Bưởi", "Hằng", "Thu", "Liễu", "Duyên", "Xuyến"),
)
_WORDS = (
    ("Sông Bằng", "Bản Giốc", "Non Nước", "Pác Bó", "Phja Oắc", "Thác Bạc", "Đông Bắc", "Việt Bắc", "Cao Sơn",
     "Thung Lũng", "Suối Lê", "Mắt Thần", "Hoa Dẻ", "Hạt Dẻ", "Trúc Xanh"),
    ("Xanh", "Mới", "Vàng", "Phát", "An", "Thịnh", "Hưng", "Bình Minh", "Sáng", "Vững Bền", "Tâm", "Nguyên"),
)  # fmt: skip
_HAMLETS = ("Bản", "Nà", "Lũng", "Khuổi", "Cốc", "Pác")
_HAMLET_ENDS = ("Sáng", "Thơm", "Mạ", "Luông", "Nọi", "Phja", "Rì", "Coóc", "Chang", "Vài", "Đin", "Mười")


def person(rng: np.random.Generator) -> str:
    """A person's full name: ``Nông Thị Thơm``."""
    names, weights = zip(*_SURNAMES, strict=True)
    surname = pick(rng, names, weights)
    middles, given = _MEN if rng.random() < 0.58 else _WOMEN
    return f"{surname} {pick(rng, middles)} {pick(rng, given)}"


def firm_word(rng: np.random.Generator) -> str:
    """The proper part of a firm's name: ``Sông Bằng Xanh``."""
    return " ".join(pick(rng, part) for part in _WORDS)


def hamlet(rng: np.random.Generator) -> str:
    """Where in the commune: ``Xóm Nà Thơm``."""
    return f"Xóm {pick(rng, _HAMLETS)} {pick(rng, _HAMLET_ENDS)}"


def pick(rng: np.random.Generator, options: tuple, weights: tuple | None = None) -> object:
    """One of the options, by weight."""
    if weights is None:
        return options[int(rng.integers(len(options)))]
    shares = np.cumsum(np.asarray(weights, dtype=float))
    return options[int(np.searchsorted(shares, rng.random() * shares[-1], side="right"))]
