"""One spelling for each profile, however its address was copied."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.rules.profiles import is_professional, normalised

DANA = "https://www.linkedin.com/in/dana-lee"


@pytest.mark.parametrize(
    "written",
    [
        "https://www.linkedin.com/in/dana-lee",
        "http://www.linkedin.com/in/dana-lee/",
        "linkedin.com/in/dana-lee",
        "www.linkedin.com/in/Dana-Lee",
        "https://de.linkedin.com/in/dana-lee",
        "https://m.linkedin.com/in/dana-lee?trk=people",
        "https://www.linkedin.com/in/dana-lee/de",
        "https://www.linkedin.com/in/dana-lee/pt-br/",
        "https://www.linkedin.com/in/dana-lee/?originalSubdomain=pt#top",
        " https://www.linkedin.com:443/in/dana%2Dlee \n",
    ],
)
def test_one_profile_has_one_address(written):
    assert normalised(written) == DANA
    assert is_professional(written)


def test_letters_outside_of_ascii_are_written_one_way():
    encoded = "https://www.linkedin.com/in/jos%C3%A9-n%C3%BA%C3%B1ez"
    assert normalised("https://www.linkedin.com/in/josé-núñez") == encoded
    assert normalised("https://www.linkedin.com/in/jos%c3%a9-n%c3%ba%c3%b1ez/") == encoded


@pytest.mark.parametrize(
    "written",
    [
        "",
        "dana",
        "javascript:alert(1)",
        "ftp://a.example/x",
        "https://",
        "http://[::1",
        "x" * 600,
        "https://a.example:x/",
    ],
)
def test_what_is_no_address_gives_nothing(written):
    assert normalised(written) == ""
    assert not is_professional(written)


def test_other_sites_keep_their_paths_and_capitals():
    assert normalised("HTTP://Social.Example/@Dana/") == "https://social.example/@Dana"
    assert not is_professional("https://social.example/@Dana")
    assert not is_professional("https://www.linkedin.com/company/initech")


@given(st.text(max_size=80))
def test_normalising_twice_is_normalising_once(text):
    once = normalised(text)
    assert normalised(once) == once
