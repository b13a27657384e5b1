"""The word lists of languages other than English, and texts in a language that has none."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import summarizer.language.lexicon as module
from summarizer import check
from summarizer.check import Checker
from summarizer.document import Document
from summarizer.errors import SourceError
from summarizer.language.folding import fold
from summarizer.language.lexicon import lexicon
from summarizer.language.nouns import common_noun
from summarizer.language.times import expressions, resolve
from summarizer.source import Source

WORDS = Path(module.__file__).parent / "words"
WEDNESDAY = date(2026, 9, 16)
OTHERS = ("de", "es", "fr")
ONLY_IN = {"de": {"nouns", "noun_heads", "noun_endings", "counting", "surnames"}}
"""Lists that English has no use for."""
NOT_FOLDED = {"stemmer"}

ARTICLES = {
    "de": """Minister schließt Werft in Ostfeld

Verkehrsminister Jonas Ostrey hat am Dienstag die Werft in Ostfeld geschlossen, nachdem Prüfer bei 12 von 40 Fähren keine gültigen Papiere gefunden hatten.

„Die Flotte muss zuerst repariert werden“, sagte Ostrey vor Journalisten in Mirel. Die Oppositionsführerin Agnes Dray erklärte: „Der Minister hat das Gesetz gebrochen.“

Ostrey ist nicht zurückgetreten. Die Reederei Halmora will im Mai drei neue Schiffe kaufen. Der Brand auf der Fähre hat möglicherweise vier Menschen getötet.

Die Kosten stiegen gestern auf 4,2 Millionen Euro. Der Kapitän bestreitet, dass er die Papiere unterschrieben hat.
""",
    "es": """El ministro cierra el astillero de Ostfeld

El ministro de Transportes, Tomás Ostrey, cerró el martes el astillero de Ostfeld después de que los inspectores no encontraran papeles válidos en 12 de los 40 ferris.

«La flota debe repararse primero», dijo Ostrey a los periodistas en Mirel. La líder de la oposición, Inés Dray, afirmó: “El ministro ha violado la ley”.

Ostrey no dimitió. La naviera Halmora planea comprar tres barcos nuevos en mayo. El incendio en el ferri posiblemente mató a cuatro personas.

Los costes subieron ayer a 4,2 millones de euros. El capitán niega que firmara los papeles.
""",
    "fr": """Le ministre ferme le chantier naval

Le ministre des Transports, Tristan Ostrey, a fermé mardi le chantier naval de Belmont après la découverte par les inspecteurs de papiers périmés sur 12 des 40 ferries.

« La flotte doit passer au chantier », explique Ostrey aux journalistes à Mirel. La cheffe de file des centristes, Inès Dray, a affirmé : « Le ministre a violé la loi. »

Ostrey ne démissionne pas de son poste. La compagnie Halmora prévoit de racheter trois navires neufs en mai. Le feu à bord du ferry a peut-être tué quatre personnes.

Les inspecteurs ont fermé hier les bureaux de la compagnie à Mirel. Le capitaine nie avoir signé les papiers.
""",
    "it": """Il ministro chiude il cantiere di Ostfeld

Il ministro Tommaso Ostrey ha chiuso il cantiere di Ostfeld dopo che gli ispettori hanno trovato 12 traghetti senza documenti validi.

«La flotta deve essere riparata», ha detto Ostrey ai giornalisti.
""",
    "pl": """Minister zamyka stocznię

Minister Tomasz Ostrey zamknął we wtorek stocznię w Ostfeld, gdzie kontrolerzy znaleźli 12 promów bez ważnych dokumentów.

„Najpierw trzeba naprawić flotę”, powiedział Ostrey dziennikarzom.
""",
}


@cache
def checker(language: str) -> Checker:
    return Checker(Document.of(ARTICLES[language], language), lexicon(language), WEDNESDAY)


def codes(language: str, claim: str, cited: int) -> set[str]:
    return {each.code for each in checker(language).claim(claim, cited).objections}


@cache
def lists(language: str) -> dict[str, dict[str, Any]]:
    """The lists of a language, by the names of their files."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (WORDS / language).glob("*.json")}


@pytest.mark.parametrize(
    ("language", "claim", "cited"),
    [
        ("de", "Verkehrsminister Jonas Ostrey hat am Dienstag die Werft in Ostfeld geschlossen", 2),
        ("de", "Am Dienstag schloss der Verkehrsminister die Werft in Ostfeld", 2),
        ("de", "Kontrolleure fanden bei 12 Fähren keine gültigen Dokumente", 2),
        ("de", "Ostrey ist nicht zurückgetreten", 5),
        ("de", "Die Reederei Halmora plant, im Mai drei neue Schiffe zu erwerben", 6),
        ("de", "Das Feuer auf dem Schiff tötete möglicherweise vier Menschen", 7),
        ("de", "Die Kosten stiegen am Dienstag auf 4,2 Millionen Euro", 8),
        ("de", "Der Kapitän bestreitet, die Papiere unterschrieben zu haben", 9),
        ("es", "El ministro de Transportes, Tomás Ostrey, cerró el martes el astillero de Ostfeld", 2),
        ("es", "El martes, Tomás Ostrey clausuró el astillero de Ostfeld", 2),
        ("es", "Los inspectores no hallaron documentos válidos en 12 ferris", 2),
        ("es", "Ostrey no dimitió", 5),
        ("es", "La naviera Halmora prevé adquirir tres buques en mayo", 6),
        ("es", "El fuego en el ferri posiblemente mató a cuatro personas", 7),
        ("es", "Los costes subieron el martes a 4,2 millones de euros", 8),
        ("es", "El capitán niega haber firmado los papeles", 9),
        ("fr", "Le ministre des Transports, Tristan Ostrey, a fermé mardi le chantier naval de Belmont", 2),
        ("fr", "Mardi, Tristan Ostrey a clos le chantier naval de Belmont", 2),
        ("fr", "Les inspecteurs ont découvert des papiers périmés sur 12 des 40 ferries", 2),
        ("fr", "Ostrey ne démissionne pas", 5),
        ("fr", "La société Halmora prévoit d’acheter trois bateaux neufs en mai", 6),
        ("fr", "Un incendie à bord du ferry a peut-être tué quatre personnes", 7),
        ("fr", "Les inspecteurs ont fermé mardi les bureaux de la société à Mirel", 8),
        ("fr", "Le capitaine nie avoir signé les papiers", 9),
    ],
)
def test_what_the_article_says_stands_in_its_words_and_in_others(language: str, claim: str, cited: int) -> None:
    assert codes(language, claim, cited) == set()


@pytest.mark.parametrize(
    ("language", "claim", "cited", "code"),
    [
        ("de", "Prüfer fanden bei 14 von 40 Fähren keine gültigen Papiere", 2, "number"),
        ("de", "Verkehrsminister Jonas Lindner hat am Dienstag die Werft in Ostfeld geschlossen", 2, "other_name"),
        ("de", "Verkehrsminister Jonas Ostrey hat am Freitag die Werft in Ostfeld geschlossen", 2, "time"),
        ("de", "Prüfer fanden bei 12 von 40 Fähren gültige Papiere", 2, "polarity"),
        ("de", "Ostrey ist zurückgetreten", 5, "polarity"),
        ("de", "Der Kapitän hat die Papiere unterschrieben", 9, "polarity"),
        ("de", "Der Brand auf der Fähre hat vier Menschen getötet", 7, "modality"),
        ("de", "Die Reederei Halmora kaufte im Mai drei neue Schiffe", 6, "modality"),
        ("de", "Die Kosten fielen auf 4,2 Millionen Euro", 8, "opposite"),
        ("es", "Los inspectores no encontraron papeles válidos en 14 de los 40 ferris", 2, "number"),
        ("es", "El ministro de Transportes, Tomás Linares, cerró el martes el astillero de Ostfeld", 2, "other_name"),
        ("es", "El ministro de Transportes, Tomás Ostrey, cerró el viernes el astillero de Ostfeld", 2, "time"),
        ("es", "Los inspectores encontraron papeles válidos en 12 de los 40 ferris", 2, "polarity"),
        ("es", "Ostrey dimitió", 5, "polarity"),
        ("es", "El capitán firmó los papeles", 9, "polarity"),
        ("es", "El incendio en el ferri mató a cuatro personas", 7, "modality"),
        ("es", "La naviera Halmora compró tres barcos nuevos en mayo", 6, "modality"),
        ("es", "Los costes bajaron a 4,2 millones de euros", 8, "opposite"),
        ("fr", "Les inspecteurs ont découvert des papiers périmés sur 14 des 40 ferries", 2, "number"),
        (
            "fr",
            "Le ministre des Transports, Tristan Lindet, a fermé mardi le chantier naval de Belmont",
            2,
            "other_name",
        ),
        ("fr", "Tristan Ostrey a fermé vendredi le chantier naval de Belmont", 2, "time"),
        ("fr", "Ostrey démissionne de son poste", 5, "polarity"),
        ("fr", "Le capitaine a signé les papiers", 9, "polarity"),
        ("fr", "Le feu à bord du ferry a tué quatre personnes", 7, "modality"),
        ("fr", "La compagnie Halmora a racheté trois navires neufs en mai", 6, "modality"),
        ("fr", "Les inspecteurs ont ouvert hier les bureaux de la compagnie à Mirel", 8, "opposite"),
    ],
)
def test_what_the_article_does_not_say_is_refused(language: str, claim: str, cited: int, code: str) -> None:
    assert code in codes(language, claim, cited)


@pytest.mark.parametrize(
    ("language", "words", "speaker", "other"),
    [
        ("de", "Die Flotte muss zuerst repariert werden", "Jonas Ostrey", "Agnes Dray"),
        ("de", "Der Minister hat das Gesetz gebrochen", "Agnes Dray", "Jonas Ostrey"),
        ("es", "La flota debe repararse primero", "Tomás Ostrey", "Inés Dray"),
        ("es", "El ministro ha violado la ley", "Inés Dray", "Tomás Ostrey"),
        ("fr", "La flotte doit passer au chantier", "Tristan Ostrey", "Inès Dray"),
        ("fr", "Le ministre a violé la loi", "Inès Dray", "Tristan Ostrey"),
    ],
)
def test_the_speaker_of_a_quotation_is_found_on_either_side_of_it(
    language: str, words: str, speaker: str, other: str
) -> None:
    assert checker(language).quotation(words, speaker).objections == []
    assert [each.code for each in checker(language).quotation(words, other).objections] == ["speaker"]


@pytest.mark.parametrize(
    ("language", "words", "start", "end"),
    [
        ("de", "am Dienstag", "2026-09-15", "2026-09-15"),
        ("de", "am Dienstagabend", "2026-09-15", "2026-09-15"),
        ("de", "gestern", "2026-09-15", "2026-09-15"),
        ("de", "im vergangenen Monat", "2026-08-01", "2026-08-31"),
        ("de", "vor zwei Jahren", "2024-01-01", "2024-12-31"),
        ("de", "am 14. November 2023", "2023-11-14", "2023-11-14"),
        ("es", "el martes", "2026-09-15", "2026-09-15"),
        ("es", "ayer", "2026-09-15", "2026-09-15"),
        ("es", "el mes pasado", "2026-08-01", "2026-08-31"),
        ("es", "hace dos años", "2024-01-01", "2024-12-31"),
        ("es", "14 de noviembre de 2023", "2023-11-14", "2023-11-14"),
        ("fr", "mardi", "2026-09-15", "2026-09-15"),
        ("fr", "hier", "2026-09-15", "2026-09-15"),
        ("fr", "le mois dernier", "2026-08-01", "2026-08-31"),
        ("fr", "il y a deux ans", "2024-01-01", "2024-12-31"),
        ("fr", "le 14 novembre 2023", "2023-11-14", "2023-11-14"),
    ],
)
def test_dates_are_resolved(language: str, words: str, start: str, end: str) -> None:
    found = resolve(words, WEDNESDAY, lexicon(language))
    assert found is not None
    assert (str(found.start), str(found.end)) == (start, end)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "seit Montag"), ("de", "vor Montag"), ("de", "am nächsten Montag"), ("de", "drei Jahre"),
        ("es", "desde el lunes"), ("es", "el próximo lunes"), ("es", "tres años"),
        ("fr", "depuis lundi"), ("fr", "lundi prochain"), ("fr", "trois ans"),
    ],
)  # fmt: skip
def test_what_is_not_certain_is_left_open(language: str, words: str) -> None:
    assert resolve(words, WEDNESDAY, lexicon(language)) is None


def test_the_stop_after_a_day_ends_no_wording_of_time() -> None:
    text = "Die Werft schloss am 14. Mai 2025. Danach war Ruhe."
    assert list(expressions(text, lexicon("de"))) == ["am 14. Mai 2025"]


@pytest.mark.parametrize(
    ("text", "noun", "common"),
    [
        ("die Sanierung des Hafens", "Sanierung", True),
        ("die Hafenbehörde schloss", "Hafenbehörde", True),
        ("keine gültigen Zertifikate mehr", "Zertifikate", True),
        ("zwölf alte Kähne sanken", "Kähne", True),
        ("sagte Ostrey am Montag", "Ostrey", False),
        ("am Dienstag in Hamburg", "Hamburg", False),
        ("am Dienstag in Hamburg", "Dienstag", False),
        ("sagte Bauer am Montag", "Bauer", False),
        ("sagte der Bauer am Montag", "Bauer", True),
        ("das Treffen mit Erika Sanierung", "Sanierung", False),
        ("im Büro von Hoffmann", "Hoffmann", False),
        ("die Ukraine und die SPD", "Ukraine", False),
        ("die Ukraine und die SPD", "SPD", False),
    ],
)
def test_german_nouns_are_no_names(text: str, noun: str, common: bool) -> None:
    texts = text.split()
    assert common_noun(texts, texts.index(noun), lexicon("de")) is common
    assert not common_noun(texts, texts.index(noun), lexicon("en"))


@pytest.mark.parametrize(
    ("language", "claim", "wrong", "code"),
    [
        (
            "it",
            "Il ministro Tommaso Ostrey ha chiuso il cantiere di Ostfeld",
            "Il ministro Tommaso Linetti ha chiuso il cantiere di Ostfeld",
            "other_name",
        ),
        ("it", "gli ispettori hanno trovato 12 traghetti", "gli ispettori hanno trovato 14 traghetti", "number"),
        (
            "pl",
            "Minister Tomasz Ostrey zamknął we wtorek stocznię w Ostfeld",
            "Minister Tomasz Ostrey zamknął we wtorek stocznię w Westfeld",
            "other_name",
        ),
        ("pl", "kontrolerzy znaleźli 12 promów", "kontrolerzy znaleźli 14 promów", "number"),
    ],
)
def test_without_lists_names_and_numbers_still_count(language: str, claim: str, wrong: str, code: str) -> None:
    assert codes(language, claim, 2) == set()
    assert code in codes(language, wrong, 2)


@pytest.mark.parametrize(
    ("language", "words"), [("it", "La flotta deve essere riparata"), ("pl", "Najpierw trzeba naprawić flotę")]
)
def test_without_lists_quotations_are_found_still(language: str, words: str) -> None:
    assert checker(language).quotation(words).objections == []
    assert checker(language).quotation(f"{words} domani").objections


@pytest.mark.parametrize("language", OTHERS)
def test_every_list_is_one_that_english_has_too_and_of_its_type(language: str) -> None:
    english = {name: each for file in lists("en").values() for name, each in file.items()}
    for file in lists(language).values():
        for name, each in file.items():
            assert name in english or name in ONLY_IN.get(language, set())
            assert type(each) is type(english.get(name, ""))


@pytest.mark.parametrize("language", ["en", *OTHERS])
def test_no_list_stands_in_two_files(language: str) -> None:
    counts = Counter(name for file in lists(language).values() for name in file)
    assert {name for name, count in counts.items() if count > 1} == set()


def test_groups_of_verbs_that_say_the_same_hold_verbs_and_more_than_one() -> None:
    english = lexicon("en")
    for line in english.patterns("akin"):
        assert len(set(line.split())) > 1
        assert [each for each in line.split() if "_" not in each and not english.is_verb(english.word(each))] == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_words_of_lists_are_folded(language: str) -> None:
    for file in lists(language).values():
        for name, each in file.items():
            words = each.split() if isinstance(each, str) else each if isinstance(each, dict) else ()
            assert [word for word in words if fold(word) != word and name not in NOT_FOLDED | {"closed"}] == []


@pytest.mark.parametrize("language", OTHERS)
def test_what_lists_map_to_is_of_the_type_that_english_has(language: str) -> None:
    english = {name: each for file in lists("en").values() for name, each in file.items()}
    for file in lists(language).values():
        for name, each in file.items():
            if isinstance(each, dict) and english[name]:
                numbers = any(isinstance(value, int | float) for value in english[name].values())
                assert all(isinstance(value, int | float) is numbers for value in each.values())
            if isinstance(each, list):
                assert all(isinstance(line, str) and line for line in each)


@pytest.mark.parametrize("language", OTHERS)
def test_a_week_has_seven_days_and_a_year_twelve_months(language: str) -> None:
    words = lexicon(language)
    assert (len(words.ordered("weekdays")), len(words.ordered("months"))) == (7, 12)
    assert words.value({"de": "zwölf", "es": "doce", "fr": "douze"}[language]) == 12


def test_the_language_of_a_source_is_the_one_of_its_check() -> None:
    text = (
        "Die Brücke über die Orla wurde am Montag gesperrt, weil ein Pfeiler gerissen ist. Sie bleibt nach Angaben der "
        "Stadt bis Mai geschlossen. Der Umweg führt über die alte Straße nach Halden."
    )
    source = Source.from_text(text, language="de")
    assert (
        not check.checker(Document.of(source.text, source.language), source)
        .claim("Die Brücke wurde gesperrt.", 1)
        .objections
    )
    assert (
        check.checker(Document.of(source.text, source.language), source)
        .claim("Die Brücke wurde nicht gesperrt.", 1)
        .objections
    )


@pytest.mark.parametrize("code", ["", "english", "e1", "../de"])
def test_a_language_is_two_letters(code: str) -> None:
    with pytest.raises(SourceError, match="no language code"):
        Source.from_text(" ".join(["word"] * 30), language=code)
