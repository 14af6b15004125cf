"""Files of vCards, one or many, whole or damaged."""

from rapport.importers.findings import FoundCard, Problem


def test_one_card_is_found_with_its_place(reading):
    (found,) = reading.sample("cards/apple.vcf")
    assert isinstance(found, FoundCard)
    assert (found.card.name, found.place.line) == ("Dana Lee", 1)


def test_many_cards_are_found_and_the_damaged_ones_named(reading):
    findings = reading.sample("cards/many-and-damaged.vcf")
    assert [finding.card.name for finding in findings if isinstance(finding, FoundCard)] == [
        "Dana Lee",
        "Sam Ortiz",
    ]
    problems = [(problem.place.line, problem.says) for problem in findings if isinstance(problem, Problem)]
    assert [line for line, _ in problems] == [5, 12]
    assert "neither a name nor an address" in problems[0][1]
    assert "never ends" in problems[1][1]


def test_latin_1_and_utf_16_cards_are_read(reading):
    text = "BEGIN:VCARD\nVERSION:3.0\nFN:Jörg Müller\nEND:VCARD\n"
    for encoding in ("latin-1", "utf-16", "utf-8"):
        (found,) = reading.found(text.encode(encoding))
        assert found.card.name == "Jörg Müller"


def test_an_end_without_a_beginning_gives_no_card_twice(reading):
    text = "END:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Dana Lee\nEND:VCARD\nEND:VCARD\n"
    assert [found.card.name for found in reading.found(text)] == ["Dana Lee"]


def test_a_fold_may_part_the_octets_of_a_letter(reading):
    octets = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:J\xc3\r\n \xb6rg M\xc3\xbcller\r\nEND:VCARD\r\n"
    (found,) = reading.found(octets)
    assert found.card.name == "Jörg Müller"


def test_a_card_of_a_million_tiny_lines_is_left_out_and_the_next_is_read(reading):
    tiny = "BEGIN:VCARD\nFN:Tiny\nNOTE:x\n" + " x\n" * 900_000 + "END:VCARD\n"
    problem, found = reading.found(tiny + "BEGIN:VCARD\nFN:Dana Lee\nEND:VCARD\n")
    assert ("larger than 8 MB" in problem.says, found.card.name) == (True, "Dana Lee")
