"""The words for one person on one channel."""
