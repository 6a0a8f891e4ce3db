"""The words that generated applications are made of: everyday ones, and made-up ones.

The words of the named gyms' records and actions are left out on purpose, so that a named gym is new
to a policy trained on the stream (`tests/gyms/test_procedural.py` asserts it).
"""

from __future__ import annotations

# ruff: noqa: SIM905  (long lists of words are read more easily as text)
import random

NOUNS = """
animal apartment appliance article athlete audit badge batch battery bed berth bicycle blend boat
bottle branch bridge brochure bus cabin camera cargo carrier channel chapter chart child class
clinic club coach coat collection committee complaint component concert consignment container course
crate crew crop dataset desk device diagnosis dispatch display doctor dose driver drone edition
element engine engineer event exam exhibit expedition experiment farm festival field film fixture
floor folder forecast forum frame freezer garden gate goal guard guest guide hall harvest helmet
house idea incident ingredient inspection instrument intern item job journey judge kitchen
laboratory lamp lease lecture lens lesson letter licence load locker machine magazine mailbox manual
map market material matter meal measure medal meeting member menu message meter mission model module
monitor motor movie museum network notice novel nurse oven package painting panel parade parcel park
partner passage passenger patent patient pattern permit petition photo piece pilot pipeline plan
plane plant platform player plot policy portrait poster printer prisoner prize probe process program
project prototype pump puzzle quarry quest quote rack raid range recipe recording region rehearsal
rental repair rescue reservation resident resource review reward rider road robot role roll room
round route routine sailor sample satellite scene scholar school score screening script seal season
sensor service session shelf shelter shift ship shipment shop show signal site sketch slot song
source speaker specimen sponsor squad stable stall station statue stock storm story student studio
study subject suggestion supplier supply survey suspect switch symbol symptom tank team template
tenant terminal test theatre theme thesis tile tool topic tour tower track trader trail trailer
trainer treatment tree trial truck tunnel tutor unit vaccine valve van vault vehicle venue vessel
village visit visitor volunteer voucher voyage walker ward warehouse warrant watch waybill well
wheel winner witness worker workshop yard zone
""".split()

LABELS = """
age agent aim angle area author axis balance band base bay blend body bonus border brand budget
building capacity category cause city clause climate colour comment company condition content cost
country county course cover currency cycle deadline degree density deposit depth design destination
diet direction distance district duration duty effort email energy extent factor fee finish flavour
focus force form format fuel gain gauge gender genre grade group growth habit handle head heading
health height holder host humidity index industry input intake intensity interest issuer keeper kind
label language leader length level limit location look maker manager margin mass maximum measure
medium method minimum mobile mode mood motive name nation nickname number object occasion occupation
office opening operator origin outcome output owner pace paper pattern penalty phase phone pitch
plan point portion position power premium pressure price priority producer profession profit
progress proof purpose quality quantity quota rank rate rating ratio reach reason receiver reference
region remark rent reserve result return revenue review rhythm rise risk role rule salary scale
scheme scope score season section sector sender series shade shape share shift sign situation size
skill source spacing speed staff standard state storage street strength structure style subject sum
summary surface surname symbol target tariff task taste tax team temperature tempo tension term
texture theme thickness threshold time title tone topic town trade trait treatment trend turnover
type unit usage value variety version view village voltage volume wage warranty wear weight width
wind yield zone
""".split()

MODIFIERS = """
actual annual average basic best bottom central chief common current daily direct domestic double
early entry estimated exact expected external extra final first fixed foreign former full general
global gross high home initial inner internal joint key last late legal light local long lower
main major maximum mean medical minimum minor mobile monthly national net new next nominal normal
official old open original outer paid past planned postal present previous primary prime private
public quick rated real recent regional regular rough second secondary senior short single slow
small social special standard starting technical third top total typical unit upper usual weekly
whole wide
""".split()

DATE_LABELS = """
arrival birthday booking collection completion departure due delivery end entry expiry inspection
issue joining launch maturity opening order purchase receipt release renewal repair return review
sale shipping signing start test update visit
""".split()

VERBS = """
accept activate adopt align announce appoint arrange attach award ban broadcast calibrate call
celebrate certify charge check claim clean collect combine commission compile confirm connect
consult copy count cover debrief decline defer deliver deploy dispatch display disable distribute
double draft drain dry elect enable encrypt endorse enrol evaluate exchange exempt expand expel
expire export fetch file fill finish fire fix flag float forward frame freeze gather grade grant
greet guard halt hand harvest heat hide hire honour ignore import inform inspect install insure
interview invite isolate label launch lease lend lift limit list load lock log mail maintain map
measure melt mix monitor mount move name nominate notify number offer outlaw pack paint park pass
patch pause pick pin plan plant polish postpone praise prepare present preserve print process
promote protect prove publish pump punish quarantine question queue rank rate read recall recommend
recruit recycle redeem refill refresh rent repair replace rescue reserve reset resign rest restart
restock retire return revive revoke reward ring rotate route sample scan schedule score scrap seal
secure select sell serve service settle share shelve shift ship sign skip sort split sponsor stamp
start stock stop store stretch strike subscribe swap switch tag teach terminate test tow track trade
train transfer translate treat trim tune unlock unpack validate value verify visit warn wash weigh
welcome wrap
""".split()

STATES = """
active approved archived arrived available awaiting blocked booked broken busy cancelled certified
checked clean closed cold confirmed damaged delayed delivered done down draft dry due empty ended
expired failed faulty filed final finished fixed frozen full gone granted green hidden hot idle
inactive issued late leased lost low missing moved new normal occupied offline old online open
overdue packed paid parked partial passed paused pending planned posted present proposed published
queued quiet ready received red rejected released rented repaired requested reserved resolved
retired returned reviewed running safe scheduled sealed secure sent shipped signed sold sorted spare
stable started stopped stored submitted suspended tested tracked trained treated unknown unpaid
urgent vacant valid verified waiting warm withdrawn yellow
""".split()

OPTIONS = """
air alpha amber apple autumn bank basic beta black blue bronze brown bus business camp card cash
cheap chicken classic coach copper corn cotton crimson cube daily deluxe diesel east economy eight
electric evening express family fast fish five flat four fresh friday gamma gas glass gold granite
green grey grid heavy high hourly indoor iron ivory jade January July jumbo June junior kilo large
leather left lemon light linen local low March marble mask maple May medium metal mid mini monday
monthly morning navy night nine north nylon oak ocean office olive one orange outdoor oval paper
pearl phone pine pink plain plastic premium purple quarterly rail red regular rice right road
rough round ruby rush sand satin sea senior september seven short silk silver six slate slow small
solar south spring square standard star steel stone student summer sunday super teal ten thin
three tin tiny titanium train twin two ultra urban velvet video violet walnut water web weekly
west wet white wide winter wood wool yearly yellow zero zinc
""".split()

ROLES = (
    "Supervisor", "Assistant", "Officer", "Coordinator", "Inspector", "Trainee", "Director",
    "Operator", "Apprentice", "Steward", "Registrar", "Curator",
)  # fmt: skip

SHORT = 4
SYLLABLES = """
ba be bi bo bra bre cha cho cla cre cu da de di dor dra du fa fe fil flo fra ga gen gi glo gra gu
ha hel hi jor ka ke kil ko kra la le lin lo lum ma mel mi mo mur na ne nil no nor o pa pel pi plo
pra qua ra ren ri ro ru sa sel shi so sta sul ta tel thi tor tra tu u va vel vi vo wa wen wi xa ya
yel zan ze zil zo zu
""".split()


def nonsense(rng: random.Random) -> str:
    """Makes up a word that means nothing; short ones might be words after all ("take")."""
    while True:
        word = "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 3)))
        if len(word) > SHORT:
            return word


def a(noun: str) -> str:
    """Puts the article before a noun."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def several(noun: str) -> str:
    """Returns what several of a noun are called."""
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return f"{noun}es"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}s"
