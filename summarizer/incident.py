"""Incidents: attacks, accidents and disasters, schema `incident@1`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from summarizer.briefing import Asked, BaseBriefing
from summarizer.item import Claim, Count, Cued, Event, Headline, Place, Rationale, Speaker, Time, Words


class Casualties(Claim):
    """People killed, wounded, missing or taken. `count` is the number that its evidence has; `at least 11` is 11."""

    toll: Annotated[
        Literal["killed", "wounded", "missing", "captured", "displaced"],
        Cued(
            {
                "killed": ["killed", "dead", "died", "deaths", "fatalities", "killing", "bodies", "drowned", "fatal"],
                "wounded": ["wounded", "injured", "hurt", "injuries", "wounding", "burns"],
                "missing": ["missing", "unaccounted", "trapped"],
                "captured": ["captured", "detained", "abducted", "kidnapped", "hostages", "arrested", "seized"],
                "displaced": ["displaced", "evacuated", "fled", "homeless", "evacuations"],
            }
        ),
    ]
    count: Count | None
    given_by: Speaker | None


class Responsibility(Claim):
    """Who is said to have done it: who claims it, and who is suspected, by whose word."""

    party: Words
    basis: Annotated[
        Literal["claimed", "suspected", "denied"],
        Cued(
            {
                "claimed": ["claimed", "admitted", "took responsibility", "said it carried out"],
                "suspected": ["suspected", "blamed", "accused", "believed", "charged", "attributed", "suspects"],
                "denied": ["denied", "rejected", "disputed"],
            }
        ),
    ]
    said_by: Speaker | None


class Weapon(Claim):
    """What it was done with."""

    weapon: Words


class Damage(Claim):
    """What was destroyed or damaged, other than people."""

    extent: Annotated[
        Literal["destroyed", "damaged"],
        Cued(
            {
                "destroyed": [
                    "destroyed",
                    "collapsed",
                    "demolished",
                    "flattened",
                    "leveled",
                    "wrecked",
                    "sank",
                    "razed",
                    "burned",
                    "gutted",
                    "ruined",
                ],
                "damaged": ["damaged", "damage", "cracked", "shattered", "broken", "flooded", "scorched", "torn"],
            }
        ),
    ]
    given_by: Speaker | None


class Incident(BaseBriefing):
    """An attack, an accident or a disaster."""

    schema_id: Literal["incident@1"] = "incident@1"
    headline: Headline | None
    what: Annotated[list[Event], Asked(fewest=1, most=2), Field(title="What happened")]
    where: Annotated[list[Place], Asked(most=2, event=True)]
    when: Annotated[list[Time], Asked(most=2, event=True)]
    casualties: Annotated[list[Casualties], Asked(most=4)]
    perpetrators: Annotated[list[Responsibility], Asked(most=3)]
    weapons: Annotated[list[Weapon], Asked(most=2)]
    damage: Annotated[list[Damage], Asked(most=2)]
    response: Annotated[list[Event], Asked(most=3)]
    stated_rationale: Annotated[list[Rationale], Asked(key="rationale", most=2), Field(title="Why, as stated")]
