"""Mails, mailboxes and texts: the invitation in them, or the interview that they state."""
