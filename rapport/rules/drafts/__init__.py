"""Drafts: the words for one person on one channel, from what is known and nothing else."""

from rapport.rules.drafts.composing import compose
from rapport.rules.drafts.draft import Draft
from rapport.rules.drafts.known import Known

__all__ = ["Draft", "Known", "compose"]
