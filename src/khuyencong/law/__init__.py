"""Law as dated data. A wing: documents, and upon them norms, eligibility, review and dissemination."""
