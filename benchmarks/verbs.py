"""English verbs and their forms: enough of them to turn a sentence of the news into another one.

A verb that is in neither list is left alone: a wrong form would make gibberish of a lie.
"""

from __future__ import annotations

from functools import cache

from benchmarks.texts import words

_IRREGULAR = """
arise arose arisen|beat beat beaten|become became become|begin began begun|bind bound bound|bite bit bitten
bleed bled bled|blow blew blown|break broke broken|bring brought brought|build built built|buy bought bought
catch caught caught|choose chose chosen|come came come|cut cut cut|deal dealt dealt|dig dug dug|do did done
draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed fed|feel felt felt
fight fought fought|find found found|flee fled fled|fly flew flown|forbid forbade forbidden|forget forgot forgotten
freeze froze frozen|get got got|give gave given|go went gone|grow grew grown|have had had|hear heard heard
hide hid hidden|hit hit hit|hold held held|hurt hurt hurt|keep kept kept|know knew known|lay laid laid|lead led led
leave left left|lend lent lent|let let let|lose lost lost|make made made|mean meant meant|meet met met|pay paid paid
put put put|quit quit quit|read read read|ride rode ridden|rise rose risen|run ran run|say said said|see saw seen
seek sought sought|sell sold sold|send sent sent|set set set|shake shook shaken|shoot shot shot|shut shut shut
sing sang sung|sink sank sunk|sit sat sat|sleep slept slept|speak spoke spoken|spend spent spent|stand stood stood
steal stole stolen|strike struck struck|swear swore sworn|sweep swept swept|swim swam swum|take took taken
teach taught taught|tell told told|think thought thought|throw threw thrown|understand understood understood
undergo underwent undergone|wake woke woken|wear wore worn|win won won|withdraw withdrew withdrawn
withstand withstood withstood|write wrote written|overthrow overthrew overthrown|undertake undertook undertaken
"""

_REGULAR = """
abandon abolish accept accompany accuse achieve acknowledge acquire act add address admit adopt advance advise agree
aim air allege allow alter amend announce answer apologize apologise appeal appear apply appoint approach approve argue
arrange arrest arrive ask assassinate assault assess assist assume assure attach attack attempt attend attract avoid
award back ban base battle behave believe belong benefit blame block board boast bomb boost border borrow boycott
breach broadcast burn bury call campaign cancel capture care carry cause celebrate challenge change charge chase check
circulate cite claim clarify clash clear climb close coincide collaborate collapse collect combat comment commit
compare compel compete complain complete compromise concede conclude condemn conduct confess confirm confiscate
confront congratulate connect consider consist construct consult contact contain continue contract contradict
contribute control convert convict convince cooperate coordinate cost count cover crash create criticize criticise
cross crush damage debate decide declare decline decrease dedicate defeat defend define delay deliver demand
demonstrate denounce deny depart depend deploy deport deposit describe deserve design destroy detain detect determine
detonate develop devote die differ disagree disappear disclose discover discuss dismantle dismiss display dispute
dissolve divide dominate donate double doubt draft drop earn ease edit elect eliminate embrace emerge emphasize employ
enable encounter encourage end endorse enforce engage enjoy ensure enter erupt escape establish estimate evacuate
evaluate examine exceed exchange exclude execute exist expand expect expel experience expire explain explode explore
export expose express extend face fail favor favour fear feature figure file fill finalize finance fine finish fire fix
flood focus follow force form found free fuel fulfil function fund gain gather generate govern grab graduate grant
greet guarantee guard guide halt hand handle happen harm head help highlight hire honor honour hope host house identify
ignore impact implement import impose imprison improve include increase indicate infect inform inherit initiate injure
insist inspect inspire install instruct intend intensify interrupt intervene interview introduce invade invest
investigate invite involve issue join judge jump justify kick kidnap kill knock label lack land last launch lean learn
liberate lift limit link list listen live load lobby locate lock look love lower maintain manage mark marry match
measure mention merge miss mock monitor mount mourn move murder name need negotiate nominate note notice notify
nullify obey object obtain occupy occur offer open operate oppose order organize organise originate outline overturn
own pack pardon park participate partner pass patrol pause perform permit persuade place plan plant play plead please
pledge point postpone praise predict prefer prepare present preserve press prevent proceed process produce progress
prohibit promise promote prompt propose prosecute protect protest prove provide provoke publish pull punish purchase
pursue push qualify question race raid raise rally reach react realize reassure rebuild recall receive recognize
recommend record recover recruit reduce refer reflect refuse regard register regret regulate reject relate release rely
remain remember remind remove renew renovate rent reopen repair repeal repeat replace reply report represent request
require rescue reside resign resist resolve respond rest restore restrict result resume retain retire return reveal
reverse review revise reward rob rule sail sanction save scan schedule score search secure seem seize select sentence
separate serve settle shape share shell shelter shift shock shop show sign signal slam slow smuggle solve sound spark
stab staff stage star start state stay step stop store storm strengthen stress struggle study submit succeed sue
suffer suggest supply support suppose suppress surrender surround survive suspect suspend sustain switch tackle talk
target tax tend terminate test testify thank threaten tie top torture total touch tour trace track trade train transfer
transform transport travel treat trigger trust try turn unite unveil update uphold urge use vacate value veto view
violate visit volunteer vote vow wait walk want warn wash watch weaken welcome widen witness wonder work worry wound
yield
"""

_DOUBLED = frozenset(
    words(
        "stop plan drop ban commit admit permit refer occur submit transfer control step shop grab regret compel expel "
        "patrol prefer kidnap rob scan slam stab star"
    )
)
_SPECIAL = {
    "rebuild": "rebuilt",
    "uphold": "upheld",
    "overturn": "overturned",
    "broadcast": "broadcast",
    "cost": "cost",
}
_FORMS = {
    (parts := each.split())[0]: (parts[1], parts[2])
    for line in _IRREGULAR.split("\n")
    for each in line.split("|")
    if each
}


def known(base: str) -> bool:
    """Whether this is the plain form of a verb whose forms are known."""
    return base in _FORMS or base in _regular()


def past(base: str) -> str:
    """`resign`: `resigned`; `take`: `took`."""
    return _FORMS[base][0] if base in _FORMS else _ed(base)


def participle(base: str) -> str:
    """`resign`: `resigned`; `take`: `taken`."""
    return _FORMS[base][1] if base in _FORMS else _ed(base)


def third(base: str) -> str:
    """`resign`: `resigns`; `carry`: `carries`."""
    if base in ("have", "be"):
        return {"have": "has", "be": "is"}[base]
    if base.endswith(("s", "sh", "ch", "x", "z", "o")):
        return base + "es"
    return base[:-1] + "ies" if base.endswith("y") and base[-2] not in "aeiou" else base + "s"


def of_past(word: str) -> str | None:
    """`took`: `take`; None for what is no known past form."""
    return _pasts().get(word)


def of_participle(word: str) -> str | None:
    """`taken`: `take`; None for what is no known participle."""
    return _participles().get(word)


def of_third(word: str) -> str | None:
    """`takes`: `take`; None for what is no known form of this kind."""
    return _thirds().get(word)


def is_participle(word: str) -> bool:
    """Whether `has` before this word makes a perfect: `taken`, `been`, `resigned`."""
    return word == "been" or word in _participles()


def only_past(word: str) -> bool:
    """Whether a word is a past form and can be nothing else: `took`, but not `killed` or `left`."""
    base = of_past(word)
    return base is not None and word not in _participles() and word != base and word not in ("found", "saw", "rose")


def _ed(base: str) -> str:
    if base in _SPECIAL:
        return _SPECIAL[base]
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied"
    return base + base[-1] + "ed" if base in _DOUBLED else base + "ed"


@cache
def _regular() -> frozenset[str]:
    return frozenset(_REGULAR.split())


@cache
def _pasts() -> dict[str, str]:
    return {past(base): base for base in [*_regular(), *_FORMS]}


@cache
def _participles() -> dict[str, str]:
    return {participle(base): base for base in [*_regular(), *_FORMS]}


@cache
def _thirds() -> dict[str, str]:
    return {third(base): base for base in [*_regular(), *_FORMS]}
