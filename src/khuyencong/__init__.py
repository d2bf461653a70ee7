"""Khuyến Công: the working system of a province's industrial-promotion programme, and its measure."""
