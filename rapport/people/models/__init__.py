"""The address book."""

from rapport.people.models.card_index import CardIndex, Tag
from rapport.people.models.card_link import CardLink
from rapport.people.models.card_revision import CardRevision
from rapport.people.models.card_round import CardRound
from rapport.people.models.details_request import DetailsRequest
from rapport.people.models.email_address import EmailAddress
from rapport.people.models.keeping import Keeping
from rapport.people.models.kept_search import KeptSearch
from rapport.people.models.left_alone import LeftAlone
from rapport.people.models.match_key import BookSize, CardTraits, MatchKey
from rapport.people.models.merge import Merge
from rapport.people.models.named_list import Listing, NamedList
from rapport.people.models.organisation import Organisation
from rapport.people.models.person import Person, Recognised
from rapport.people.models.proposal import Proposal
from rapport.people.models.source import Kind, Source
from rapport.people.models.statement import Statement
from rapport.people.models.subscription import Subscription
from rapport.people.models.suggestion import Suggestion
from rapport.people.models.sweep import Sweep
from rapport.people.models.told_apart import ToldApart

__all__ = [
    "BookSize",
    "CardIndex",
    "CardLink",
    "CardRevision",
    "CardRound",
    "CardTraits",
    "DetailsRequest",
    "EmailAddress",
    "Keeping",
    "KeptSearch",
    "Kind",
    "LeftAlone",
    "Listing",
    "MatchKey",
    "Merge",
    "NamedList",
    "Organisation",
    "Person",
    "Proposal",
    "Recognised",
    "Source",
    "Statement",
    "Subscription",
    "Suggestion",
    "Sweep",
    "Tag",
    "ToldApart",
]
