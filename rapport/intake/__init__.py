"""Files and pasted text into the book: recognise, preview, apply as one batch, undo the batch."""
