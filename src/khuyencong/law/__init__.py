"""Law as dated data: documents and their relations, support norms, eligibility, review, dissemination."""
