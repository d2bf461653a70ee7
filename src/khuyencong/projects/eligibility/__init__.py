"""What an establishment may be supported with: the rules of the law held against its card and its earlier support."""
