from __future__ import annotations

import pytest

from reader.text.skeleton import skeleton, sounds_like


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("Parscale", "بارسكيل"),
        ("Zuckerberg", "زوكربيرج"),
        ("Cambridge", "كامبريدج"),
        ("Facebook", "فيسبوك"),
        ("Commerce", "كوميرس"),
        ("Guardian", "الجارديان"),
        ("Associated", "أسوشيتد"),
        ("Nix", "نيكس"),
        ("London", "לונדון"),
    ],
)
def test_one_name_has_one_skeleton_in_two_scripts(latin: str, arabic: str) -> None:
    assert skeleton(latin) == skeleton(arabic)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Washington", "واشنطن"),
        ("Oczkowski", "أوكزكوفسكي"),
        ("Matt Oczkowski", "مات أوكزكوفسكي"),
        ("CloudCommerce", "كلاود كوميرس"),
        ("The Associated Press", "أسوشيتد برس"),
        ("Donald J. Trump", "دونالد ترامب"),
        ("بارسكيل", "Brad Parscale"),
    ],
)
def test_spellings_of_one_name_sound_alike(query: str, name: str) -> None:
    assert sounds_like(query, name) >= 0.8


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Parscale", "ترامب"),
        ("Clinton", "كامبريدج"),
        ("Matt Oczkowski", "مات"),
        ("a", "أ"),
        ("", "ترامب"),
        ("Trump", ""),
        ("中国", "ترامب"),
        # A skeleton of two letters begins half of all names.
        ("Tru", "Trump"),
        # One of two letters is in many words: it must be the same.
        ("nix", "Breitbart News"),
        ("Siti", "Smith"),
        # Numbers have no sound.
        ("midterm elections 2016", "2018 midterm elections"),
        ("إفلاسها", "Information Commissioner's Office"),
    ],
)
def test_other_names_do_not(query: str, name: str) -> None:
    assert sounds_like(query, name) == 0
