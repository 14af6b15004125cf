"""What would change a step's advice is said in few lines, and never more than is true."""

from __future__ import annotations

from django.urls import reverse

from rapport.followups.models import Step


def lines(client, step, would_change):
    Step.objects.filter(pk=step.pk).update(would_change=would_change)
    page = client.get(reverse("step", args=[step.pk])).content.decode()
    found = page.partition("What would change it")[2].partition("</ul>")[0]
    return [" ".join(line.partition("<span")[0].split()) for line in found.split("<li>")[1:]]


def test_answers_that_lead_to_the_same_verdict_are_one_line(book, as_alex):
    would = [
        {"fact": "invited", "value": value, "verdict": verdict}
        for value, verdict in (("sent", "avoid"), ("declined", "avoid"), ("accepted", "never"))
    ]
    assert lines(as_alex, book.step(), would) == [
        "If your invitation is with them or if they declined your invitation:",
        "If they accepted your invitation:",
    ]


def test_an_answer_that_takes_another_says_so(book, as_alex):
    would = [{"fact": "connections", "value": 200, "verdict": "do", "besides": {"rapport": "strong"}}]
    assert lines(as_alex, book.step(), would) == [
        "If their profile shows about 200 connections, and the rapport was strong:"
    ]
