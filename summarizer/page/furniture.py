"""What stands among an article's paragraphs and is none of it: captions, share buttons, boxes that advertise."""

from __future__ import annotations

import re

LONGEST = 200
"""A longer paragraph is taken for the article's, whatever it begins with."""

_BEGINS = re.compile(
    r"""^\W*(?:
        (?:image|photo|picture|media|video)\s(?:caption|copyright|credits?|source)\b | copyright\b | ©
      | (?:photos?|pictures?|images?|foto|fotos|crédits?\sphotos?|imagen)\s*(?:by\b|:)
      | (?:read\s(?:more|also|next)|more\son|more\sfrom|see\salso|also\s(?:read|on)|related(?:\sarticles?|\sstories)?
        |don['’]t\smiss|watch|listen|recommended|trending|most\sread|editor['’]s\spicks?)\s*(?::|\n|$|\S+\.com\b)
      | (?:lesen\ssie\sauch|mehr\szum\sthema|lea\stambién|lire\saussi|à\slire\saussi)\b
      | (?:sign\sup|subscribe)\b.*\b(?:newsletters?|emails?|e-mails?|inbox|updates?|alerts?|today|now|here)\b
      | get\b.*\b(?:newsletter|inbox|delivered|alerts)\b | .{0,40}\bnewsletters?$
      | (?:like\sthis\s(?:story|article)|share\s(?:this|on|with)|follow\sus|join\sus\son|like\sus\son|tweet\sthis)\b
      | (?:tell\sus|let\sus\sknow)\s(?:what|in\sthe\scomments) | (?:click|tap)\shere\b | see\smore\sphotos
      | (?:advertisement|anzeige|publicidad|publicité|scroll\sto\scontinue)\W*$
      | (?:story|article)\scontinues\s(?:below|after)
      | (?:\d+\s)?comments?(?:\s\(\d+\))?\W*$
      | (?:share|tweet|print|e-?mail|facebook|twitter|whatsapp|linkedin|copy\slink|reply)\W*$
      | all\srights\sreserved\b | loading\b.{0,20}$ | (?:enable|allow)\s(?:javascript|cookies)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_AGENCIES = (
    r"(?:getty\simages|reuters|afp|ap|epa|pa(?:\smedia|\simages)?|shutterstock|istock(?:photo)?|alamy|dpa|unsplash)"
)
_CREDIT = re.compile(rf"^\W*(?:[^.\n]{{0,60}}[/|,©]\s*)?{_AGENCIES}(?:\s*[/|,]\s*[^.\n]{{0,40}})?\W*$", re.IGNORECASE)


def without(paragraphs: list[str], title: str | None) -> list[str]:
    """The paragraphs of an article without its title, furniture and what is said again at once."""
    kept: list[str] = []
    for each in paragraphs:
        if not any(map(str.isalnum, each)) or (title and _same(each, title)) or is_furniture(each):
            continue
        if not kept or each != kept[-1]:
            kept.append(each)
    return kept


def is_furniture(paragraph: str) -> bool:
    """Whether a short paragraph is plainly none of the article."""
    return len(paragraph) <= LONGEST and bool(_BEGINS.match(paragraph) or _CREDIT.match(paragraph))


def _same(one: str, other: str) -> bool:
    return re.findall(r"\w+", one.casefold()) == re.findall(r"\w+", other.casefold())
