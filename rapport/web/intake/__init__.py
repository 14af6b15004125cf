"""What comes in: files, texts, photographs, and imports that wait."""
