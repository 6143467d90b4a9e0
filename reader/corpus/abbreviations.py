"""Words whose full stop does not end the sentence, and words that begin one.

A small lexicon by language; the English one always applies, since names and
agencies travel. Case counts: "Mass." is a state, "mass." a noun at the end.
"""

from __future__ import annotations

from functools import lru_cache

from reader.values import dataclass


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """The words of one language.

    Attributes:
        continuing: A name follows: never the end of a sentence.
        wavering: The end only if a word follows that begins sentences.
        numbered: The end unless a number follows.
        dated: What may follow a time such as "9 a.m." in the same sentence.
        has_ordinals: Whether "5." may be "fifth".
        starters: Words, in lower case, that show that a sentence begins, as
            opposed to the next word of a name.
    """

    continuing: frozenset[str] = frozenset()
    wavering: frozenset[str] = frozenset()
    numbered: frozenset[str] = frozenset()
    starters: frozenset[str] = frozenset()
    dated: frozenset[str] = frozenset()
    has_ordinals: bool = False


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LEXICON = {
    "en": Abbreviations(
        continuing=_words(
            "Mr. Mrs. Ms. Dr. Prof. Sen. Sens. Rep. Reps. Gov. Govs. Gen. Col. Maj. Capt. Cmdr. "
            "Lt. Sgt. Adm. Brig. Cpl. Hon. Rev. Fr. Pres. Amb. Supt. Det. Insp. Msgr. Messrs. "
            "Atty. v. vs. e.g. i.e. cf. viz. approx."
        ),
        wavering=_words(
            "St. Mt. Ft. Inc. Corp. Co. Ltd. Bros. Dept. Univ. Assn. Ave. Blvd. Ala. Ariz. Ark. "
            "Calif. Colo. Conn. Del. Fla. Ga. Ill. Ind. Kan. Ky. Md. Mass. Mich. Minn. Miss. Mo. "
            "Mont. Neb. Nev. Okla. Ore. Pa. Tenn. Tex. Vt. Va. Wash. Wis. Wyo. Ph.D."
        ),
        numbered=_words(
            "Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sep. Sept. Oct. Nov. Dec. No. Nos. no. nos. "
            "Vol. vol. Art. Sec. Fig. p. pp."
        ),
        starters=_words(
            "the a an he she it they we i you this that these those there here his her its their "
            "our my your in on at but and or so yet for if when while as after before since "
            "because although though however meanwhile moreover still then thus also what who why "
            "how where which not one some many most all both each every with without from by to of "
            "under over during despite according earlier later last asked"
        ),
        dated=_words(
            "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Eastern Central Mountain "
            "Pacific"
        ),
    ),
    "id": Abbreviations(
        continuing=_words(
            "dr. Drs. drs. Ir. ir. Dra. dra. Hj. KH. Tn. Ny. Sdr. Sdri. Jl. Jln. Kab. Kec. PT. CV. "
            "Rp. Letjen. Mayjen. Brigjen. Kol. Kompol. AKBP. a.n. u.p."
        ),
        wavering=_words("Tbk. S.H. M.H. S.E. M.M. M.Si. S.Sos. S.IP. S.Pd. M.Pd. S.T. M.Sc."),
        numbered=_words("Agt. Okt. Des. hlm. hal. Hal. tgl."),
        starters=_words(
            "dia ia mereka kami kita saya anda ini itu tetapi tapi namun dan atau jika ketika saat "
            "setelah sebelum karena sementara selain menurut pada di dari dengan untuk dalam hal "
            "sebuah para sedangkan adapun"
        ),
    ),
    "fr": Abbreviations(
        continuing=_words("M. MM. Mme. Mlle. Me. Mgr. Ste."),
        starters=_words("le la les l un une des il elle ils elles nous vous je ce cette mais et"),
    ),
    "es": Abbreviations(
        continuing=_words("Sr. Sra. Srta. Sres. Dra. Dña. D. Gral. Lic. Ing. Av. Avda. EE."),
        wavering=_words("UU."),
        numbered=_words("núm. Núm. pág. págs. art. arts."),
        starters=_words("el la los las un una ella ellos pero en cuando y no se su"),
    ),
    "de": Abbreviations(
        continuing=_words("Hr. Fr. Hrn. bzw. z. z.B. d. d.h. i. u. ca. evtl. inkl. Ing. Dipl."),
        wavering=_words("Str. Mio. Mrd. Tsd. usw. u.a. Jh."),
        numbered=_words("Nr. Abs. Art. S. Bd."),
        starters=_words(
            "der die das ein eine er sie es wir ihr aber und wenn im in am danach dann doch auch "
            "bei nach seit vor mit von zu für als da so nun hier dort dies diese dieser"
        ),
        has_ordinals=True,
    ),
}


@lru_cache(maxsize=64)
def abbreviations_of(language: str) -> Abbreviations:
    """Return the words that apply to a language (BCP 47), the English ones among them."""
    primary = language.split("-")[0]
    parts = [_LEXICON[code] for code in dict.fromkeys(("en", primary)) if code in _LEXICON]
    return Abbreviations(
        frozenset().union(*(part.continuing for part in parts)),
        frozenset().union(*(part.wavering for part in parts)),
        frozenset().union(*(part.numbered for part in parts)),
        frozenset().union(*(part.starters for part in parts)),
        frozenset().union(*(part.dated for part in parts)),
        any(part.has_ordinals for part in parts),
    )
