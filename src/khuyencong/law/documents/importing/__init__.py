"""From a file to a draft: received, corrected on its page, written as a whole."""
