"""What is made in the invented province, where, and by whom. Industries are classes of VSIC 2018."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Trade:
    """One trade. ``homes`` are communes (short names of today) where it is at home and far more frequent.

    ``household``, ``cooperative`` and ``enterprise`` are name patterns; a missing one means that the form
    does not occur. ``size`` multiplies the workers, ``yield_`` the revenue of a worker. ``machine`` is what a
    machinery project buys. ``local``: made of what grows or lies in the province.
    """

    code: str
    industry: str
    group: str
    weight: float
    products: tuple[str, ...]
    machine: str
    household: str = ""
    cooperative: str = ""
    enterprise: str = ""
    homes: tuple[str, ...] = ()
    size: float = 1.0
    yield_: float = 1.0
    export: float = 0.0
    local: bool = True


AGRO, GOODS, MATERIALS, MECHANICAL, CRAFT = (
    "agro-processing",
    "industrial-goods",
    "building-materials",
    "mechanical",
    "handicraft",
)

TRADES = (
    Trade(
        "glass-noodles", "1074", AGRO, 10,
        ("Miến dong", "Miến dong, tinh bột dong riềng"), "dây chuyền tráng, sấy miến dong",
        "Cơ sở miến dong {owner}", "Hợp tác xã miến dong {place}", "Công ty TNHH Miến dong {word}",
        ("Nguyên Bình", "Thành Công", "Tam Kim", "Phan Thanh", "Hòa An"), 1.1, 0.9, 0.03,
    ),
    Trade(
        "rice-noodles", "1074", AGRO, 10,
        ("Bún, phở tươi", "Bánh phở khô", "Bún khô, bánh đa"), "máy ép bún, phở liên hoàn",
        "Cơ sở bún phở {owner}", "Hợp tác xã bánh phở {place}", "",
        ("Thục Phán", "Nùng Trí Cao", "Hòa An", "Trùng Khánh"), 0.8, 1.0,
    ),
    Trade(
        "tofu", "1079", AGRO, 10,
        ("Đậu phụ", "Đậu phụ, sữa đậu nành"), "máy xay, ép đậu phụ",
        "Cơ sở đậu phụ {owner}", "", "", (), 0.6, 0.9,
    ),
    Trade(
        "sausage", "1010", AGRO, 7,
        ("Lạp sườn hun khói", "Lạp sườn, thịt hun khói", "Thịt treo gác bếp, lạp sườn"),
        "máy nhồi, tủ sấy lạp sườn",
        "Cơ sở lạp sườn {owner}", "Hợp tác xã thực phẩm {place}", "Công ty TNHH Thực phẩm {word}",
        ("Thục Phán", "Tân Giang", "Trùng Khánh", "Quảng Uyên"), 0.9, 1.4,
    ),
    Trade(
        "distilling", "1101", AGRO, 12,
        ("Rượu ngô men lá", "Rượu nếp", "Rượu ngô"), "hệ thống chưng cất, lọc rượu",
        "Cơ sở nấu rượu {owner}", "Hợp tác xã rượu {place}", "Công ty TNHH Rượu {word}",
        ("Hà Quảng", "Thông Nông", "Bảo Lạc", "Trùng Khánh"), 0.5, 0.8,
    ),
    Trade(
        "tea", "1076", AGRO, 3,
        ("Chè xanh", "Chè dây, chè đắng", "Giảo cổ lam, chè đắng"), "máy vò, sao và đóng gói chè",
        "Cơ sở chế biến chè {owner}", "Hợp tác xã chè {place}", "Công ty TNHH Chè {word}",
        ("Thành Công", "Nguyên Bình", "Bạch Đằng", "Thạch An"), 1.2, 0.9, 0.1,
    ),
    Trade(
        "milling", "1061", AGRO, 13,
        ("Xay xát gạo, ngô", "Xay xát, nghiền bột"), "máy xát gạo, đánh bóng",
        "Cơ sở xay xát {owner}", "", "Công ty TNHH Lương thực {word}", (), 0.5, 0.9,
    ),
    Trade(
        "sugar", "1072", AGRO, 3,
        ("Đường phên", "Mật mía, đường phên"), "máy ép mía, hệ thống cô mật",
        "Cơ sở đường phên {owner}", "Hợp tác xã đường phên {place}", "",
        ("Phục Hòa", "Bế Văn Đàn", "Độc Lập"), 1.0, 0.8,
    ),
    Trade(
        "forest-food", "1030", AGRO, 4,
        ("Măng khô, nấm hương", "Hạt dẻ sấy", "Măng ớt, mác mật"), "máy sấy, hút chân không nông sản",
        "Cơ sở nông sản {owner}", "Hợp tác xã nông lâm sản {place}", "Công ty TNHH Nông sản {word}",
        ("Trùng Khánh", "Đàm Thủy", "Thạch An", "Canh Tân"), 1.2, 1.1, 0.08,
    ),
    Trade(
        "water", "1104", AGRO, 2,
        ("Nước uống đóng bình",), "dây chuyền lọc, đóng bình nước uống",
        "Cơ sở nước uống {owner}", "", "Công ty TNHH Nước uống {word}", (), 1.1, 1.3,
    ),
    Trade(
        "sawmill", "1610", AGRO, 9,
        ("Gỗ xẻ", "Gỗ bóc, ván mỏng"), "máy cưa vòng, máy bóc gỗ",
        "Xưởng xẻ gỗ {owner}", "Hợp tác xã lâm sản {place}", "Công ty TNHH Lâm sản {word}",
        ("Bảo Lâm", "Thạch An", "Nguyên Bình"), 1.3, 1.3, 0.05,
    ),
    Trade(
        "joinery", "1622", GOODS, 9,
        ("Cửa gỗ, tủ bếp", "Đồ mộc dân dụng"), "máy bào cuốn, máy chà nhám",
        "Xưởng mộc {owner}", "Hợp tác xã mộc {place}", "Công ty TNHH Nội thất {word}", (), 0.9, 1.2,
    ),
    Trade(
        "bamboo", "1629", CRAFT, 7,
        ("Chiếu trúc", "Chiếu trúc, đồ mây tre đan", "Đồ đan lát"), "máy chẻ, vót nan trúc",
        "Cơ sở chiếu trúc {owner}", "Hợp tác xã chiếu trúc {place}", "Công ty TNHH Trúc {word}",
        ("Thục Phán", "Tân Giang", "Bảo Lạc", "Nguyên Bình"), 1.3, 0.8, 0.2,
    ),
    Trade(
        "incense", "3290", CRAFT, 6,
        ("Hương thắp", "Hương trầm, hương thảo mộc"), "máy làm hương tự động",
        "Cơ sở làm hương {owner}", "Hợp tác xã hương {place}", "",
        ("Quảng Uyên", "Hạnh Phúc"), 0.9, 0.7,
    ),
    Trade(
        "knives", "2593", CRAFT, 8,
        ("Dao rèn Phúc Sen", "Dao, kéo, cuốc, lưỡi cày", "Nông cụ rèn"), "búa máy, lò rèn điện",
        "Lò rèn {owner}", "Hợp tác xã rèn {place}", "", ("Quảng Uyên",), 0.7, 0.8, local=False,
    ),
    Trade(
        "brocade", "1312", CRAFT, 4,
        ("Thổ cẩm", "Vải chàm, thổ cẩm"), "khung dệt cải tiến",
        "Cơ sở dệt thổ cẩm {owner}", "Hợp tác xã thổ cẩm {place}", "", ("Hòa An", "Thông Nông"), 1.0, 0.6,
    ),
    Trade(
        "bricks", "2395", MATERIALS, 9,
        ("Gạch không nung", "Gạch không nung, cống bê tông"), "dây chuyền ép gạch không nung",
        "Cơ sở gạch {owner}", "Hợp tác xã vật liệu xây dựng {place}", "Công ty TNHH Vật liệu {word}",
        (), 1.5, 1.6,
    ),
    Trade(
        "roofing", "2511", MECHANICAL, 6,
        ("Tôn lợp, xà gồ", "Cửa cuốn, khung thép"), "máy cán tôn, xà gồ",
        "Xưởng cán tôn {owner}", "", "Công ty TNHH Tôn thép {word}",
        ("Thục Phán", "Nùng Trí Cao", "Hòa An"), 1.3, 2.2, local=False,
    ),
    Trade(
        "metalwork", "2592", MECHANICAL, 10,
        ("Cửa sắt, lan can, mái che", "Gia công cơ khí"), "máy cắt kim loại điều khiển số",
        "Xưởng cơ khí {owner}", "Hợp tác xã cơ khí {place}", "Công ty TNHH Cơ khí {word}", (), 0.8, 1.2, local=False,
    ),
    Trade(
        "repair", "3312", MECHANICAL, 11,
        ("Sửa chữa máy nông nghiệp", "Sửa chữa máy móc, hàn tiện"), "máy tiện vạn năng, máy hàn",
        "Cơ sở sửa chữa {owner}", "", "Công ty TNHH Máy {word}", (), 0.5, 1.0, local=False,
    ),
)  # fmt: skip
