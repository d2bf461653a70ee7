"""Text out of the files of documents, and from the text a proposal that an officer corrects."""
