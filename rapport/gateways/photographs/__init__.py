"""What a machine sees on a picture: the codes on it, and, where the extra `ocr` is installed, its printed lines."""
