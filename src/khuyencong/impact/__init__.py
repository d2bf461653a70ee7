"""What did the support change, for those supported, against what would have happened without it?"""
