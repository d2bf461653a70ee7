"""Word documents in the form of official papers (decree 30/2020/NĐ-CP, annex I)."""
