from __future__ import annotations

from importlib import resources

import pytest
from langdetect.detector_factory import DetectorFactory
from langdetect.utils.ngram import NGram

from reader.corpus.ngrams import Profiles
from tests.corpus.seeds import seed
from tests.corpus.test_language import SENTENCES

LANGUAGES = ("en", "id", "fr", "de", "es", "tr", "sw", "ar", "fa", "ur", "ru", "uk", "hi")


@pytest.fixture(scope="module")
def factory() -> DetectorFactory:
    """langdetect with some languages, which draws the same each time."""
    profiles = resources.files("langdetect") / "profiles"
    made = DetectorFactory()
    made.load_json_profile([(profiles / name).read_text("utf-8") for name in LANGUAGES])
    made.seed = 0
    return made


@pytest.fixture(scope="module")
def profiles(factory: DetectorFactory) -> Profiles:
    return Profiles(factory.langlist, factory.word_lang_prob_map, NGram)


def said(factory: DetectorFactory, text: str) -> tuple[str, float]:
    """What langdetect itself says."""
    detector = factory.create()
    detector.append(text)
    best = detector.get_probabilities()[0]
    return best.lang, best.prob


class TestProfiles:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_sentence_gets_the_answer_of_langdetect(
        self, factory: DetectorFactory, profiles: Profiles, language: str
    ) -> None:
        found, sure = profiles.best(SENTENCES[language]) or ("", 0.0)
        theirs, probability = said(factory, SENTENCES[language])
        assert found == theirs == language
        assert abs(sure - probability) < 0.15

    @pytest.mark.parametrize("language", ["en", "id", "ar"])
    def test_some_words_of_a_long_text_say_what_all_do(
        self, factory: DetectorFactory, profiles: Profiles, language: str
    ) -> None:
        text = " ".join(seed(language).text.split()) * 2
        assert len(text) > 4_000
        found, sure = profiles.best(text) or ("", 0.0)
        assert (found, round(sure, 3)) == (language, 1.0)
        assert said(factory, text)[0] == language

    def test_what_is_the_same_gets_the_same_answer(self, profiles: Profiles) -> None:
        # Words that are written alike in several languages.
        assert profiles.best("normal central hotel") == profiles.best("normal central hotel")

    @pytest.mark.parametrize(
        "text", ["", " ", "2024 - 05", "https://a.b/c?d=the+prime+minister", "who@said.the.prime"]
    )
    def test_no_letters_no_answer(self, profiles: Profiles, text: str) -> None:
        assert profiles.best(text) is None

    def test_latin_names_in_another_script_do_not_count(self, profiles: Profiles) -> None:
        mixed = SENTENCES["fa"] + " The prime minister"
        assert profiles.best(mixed) == profiles.best(SENTENCES["fa"])
