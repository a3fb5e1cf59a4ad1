"""The text of what people write in: Word, OpenDocument, RTF, HTML, PDF and plain text."""
