"""What tells names of people from names of organisations, and both from other capitalised words."""

from __future__ import annotations

from benchmarks.texts import words

TITLES = frozenset(
    words(
        "president prime minister vice mr mrs ms dr sir dame lord lady senator sen rep representative congressman "
        "congresswoman governor gov mayor gen general col colonel lt maj major capt captain sgt judge justice "
        "chief secretary chancellor king queen prince princess pope ambassador spokesman spokeswoman spokesperson "
        "director chairman chairwoman professor prof commander deputy attorney speaker candidate nominee leader "
        "strategist analyst correspondent anchor host manager adviser advisor columnist reporter ceo founder "
        "detective officer coach lawmaker economist lawyer pollster editor"
    )
)

NO_NAMES = frozenset(
    words(
        "The A An In On At But And If For It He She We They I You His Her Their Our My This That These Those There "
        "When While After Before As From With Without By To Of Not No Yes So Because Since Although Though Some "
        "Many Most All Any Both Each Every One Two Three Four Five Six Monday Tuesday Wednesday Thursday Friday "
        "Saturday Sunday January February March April May June July August September October November December Jan "
        "Feb Mar Apr Jun Jul Aug Sept Oct Nov Dec Democrat Democrats Democratic Republican Republicans GOP Muslim "
        "Muslims Christian Christians Jewish Islam Islamic English Arabic Spanish God Twitter Facebook YouTube "
        "Internet Image Photo Updated Update Breaking Read More What Why How Who Where Which Here Now Then Also "
        "However According Meanwhile Earlier Later Last Next Other Another Until During Despite Between Among "
        "About Under Over Even Only Just Still Such Its Is Are Was Were Do Does Did New Premier North South East "
        "West San Los Saint Fort Lake Mount Port Mr Mrs Ms Dr Sen Rep Gov Gen Col Lt National Federal "
        "International American Americans British European African Asian Afghan German Israeli Iraqi"
    )
)

ORGANISATIONS = frozenset(
    words(
        "Ministry Department Party Bank University Institute Committee Council Agency Union Front Network Army "
        "Police Court Times Post News Corp Company Inc Group Foundation Association Authority Bureau Commission "
        "Office Service Senate Congress Parliament Journal Guard Navy Coalition Alliance Federation Society Center "
        "Centre College School Fund Board Chamber Trust League Club Team Airlines Airways Motors Markets Energy "
        "Marine Magazine Press Radio House Hospital Organization Organisation Administration Workers Corporation "
        "Industries Forces Force Command"
    )
)
"""Last words of the names of organisations."""

NO_ACRONYMS = frozenset(
    words(
        "US UK USA TV PM AM CEO ID DNA GDP HIV AIDS IED IEDs USD ET EST GMT UTC HQ OK VIP PC IT DVD CD UAE DC LA "
        "NY NYC II III IV AK RPG LGBT LGBTQ PAC PTSD CFO AD BC USB GPS SUV UFO PDF PR MP MPs QC RT"
    )
)

ALIASES = (
    {"ISIS", "ISIL", "IS", "Islamic State", "Daesh"},
    {"UN", "United Nations", "Security Council"},
    {"NATO", "ISAF", "Coalition"},
    {"GOP", "RNC", "Republican Party"},
    {"DNC", "Democratic Party"},
    {"White House", "Trump Administration", "Obama Administration"},
    {"Congress", "Senate", "House"},
)
"""Names of one organisation, or of one and a part of it, that share no word."""
