"""A career told by its owner: each job finds its row, whatever was known of it."""

import pytest

from rapport.rules.card import Card, PartialDate
from rapport.rules.card.career import with_career
from rapport.rules.card.jobs import JOBS, Job

BEGAN, ENDED = PartialDate(2019, 3), PartialDate(2026, 1)


NOW, PAST = Job("Acme", "Engineer", BEGAN), Job("Acme", "CTO", BEGAN, ENDED, is_former=True)


@pytest.mark.parametrize(
    ("standing", "told", "says"),
    [
        ((), [Job("Acme", "CTO"), Job("Hooli", "Adviser")], ["CTO, Acme", "Adviser, Hooli"]),
        ([Job("Acme Inc.", "cto")], [Job("Acme", "CTO", BEGAN)], ["cto, Acme Inc. (2019-03 to now)"]),
        ([NOW], [Job("Acme", "Senior Engineer", BEGAN)], ["Senior Engineer, Acme (2019-03 to now)"]),
        (
            [NOW],
            [Job("Acme", "CTO", ENDED)],
            ["CTO, Acme (2026-01 to now)", "Engineer, Acme (2019-03 to 2026-01)"],
        ),
        ([Job("Hooli", "Adviser")], [Job("Acme", "CTO")], ["Adviser, Hooli", "CTO, Acme"]),
        ([Job("Acme", "CTO", BEGAN)], [PAST], ["CTO, Acme (2019-03 to 2026-01)"]),
        (
            [PAST],
            [Job("Acme", "CTO", ENDED), PAST],
            ["CTO, Acme (2026-01 to now)", "CTO, Acme (2019-03 to 2026-01)"],
        ),
    ],
)  # fmt: skip
def test_each_job_finds_its_row(standing, told, says):
    card = JOBS.edited(Card.of(name="Alex Morgan"), standing)
    fresh, turns = with_career(card, told)
    assert list(map(str, JOBS.of(fresh))) == says
    assert turns
    assert with_career(fresh, told) == (fresh, [])
