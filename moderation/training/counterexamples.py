"""Sentences written for this project that public data lacks.

News is full of violent words that attack nobody, and people name their faith or origin without insult; a model that saw
those words mostly in abuse would hold every comment on a war. Beside them stand plain threats and attacks in the same
words, so that what is learnt is the sentence and not its topic. No test set's sentences or templates are used.
"""

from itertools import product

from moderation.decision import LABELS
from moderation.training.rows import Row

_PEOPLE = (
    "Muslims", "Jews", "Christians", "gay people", "lesbians", "transgender people", "Black people", "white people",
    "immigrants", "refugees", "women", "men", "old people", "disabled people", "Mexicans", "Arabs", "Ukrainians",
    "Russians", "Palestinians", "Israelis", "Americans", "atheists", "Hindus", "Africans", "Asians", "Roma",
)  # fmt: skip
_PERSONS = (
    "a Muslim", "a Jew", "a Christian", "gay", "a lesbian", "transgender", "Black", "white", "an immigrant",
    "a refugee", "deaf", "blind", "bisexual", "Mexican", "an Arab", "Ukrainian", "Russian", "an atheist", "a Hindu",
)  # fmt: skip
_WEAPONS = ("missile", "drone", "rocket", "bomb", "shell", "cruise missile", "car bomb", "ballistic missile")
_PLACES = ("a hospital", "the port", "the capital", "a power station", "the market", "an apartment block", "a school")

_NEWS = (
    "A {weapon} hit {place} last night and at least twelve people were killed.",
    "The {weapon} attack on {place} killed three civilians, officials said.",
    "How many people have to die before the {weapon} strikes on {place} stop?",
    "They fired a {weapon} at {place}; it was shot down before it could do harm.",
    "Who ordered the {weapon} strike on {place}, and who will answer for the dead?",
    "My cousin lives near {place} and heard the {weapon} explode.",
)
_NEWS_PLAIN = (
    "The army said it had killed two gunmen in the raid.",
    "The suspect shot himself after the attack, police say.",
    "The court found him guilty of murder and rape and sent him to prison for life.",
    "Sanctions will hurt ordinary people more than the regime.",
    "The bill was killed in committee, and nobody was surprised.",
    "The opposition attacked the budget as a gift to the rich.",
    "Turnout was a bomb, but the party still won.",
    "He was stabbed to death outside his own shop, a terrible story.",
    "The hostages were beaten and starved, according to the report.",
    "They will shoot a film about the siege next spring.",
    "The death toll from the earthquake has passed four hundred.",
    "War crimes must be prosecuted wherever they are committed.",
    "I do not believe one more round of sanctions will end the war.",
    "The genocide is documented; denying it helps nobody.",
    "Inflation is killing small businesses in my town.",
    "This strike will hurt commuters, but the drivers have a point.",
    "Why was the police so slow when the shooting began?",
    "The terrorists who blew up the train were sentenced today.",
    "Our soldiers are dying and parliament argues about procedure.",
    "The minister should resign over the weapons contract.",
    "A fair tax on fuel would hurt less than this one.",
    "I lost my brother in the bombing and I still think a ceasefire is right.",
    "Slavery and lynching belong in the history lessons.",
    "The virus kills mostly the old and the sick.",
    "It is a crime what happened to the river, all the fish are dead.",
    "The hurricane destroyed our house, and the insurer still has not called.",
    "The striker killed the game with a late shot.",
    "The paper attacked the government's record, and rightly so.",
)
_NEUTRAL_PEOPLE = (
    "{people} deserve the same rights as everybody else.",
    "Many {people} live in our town and run shops here.",
    "The article asks what {people} think of the new law.",
    "More {people} voted this year than ever before.",
    "The survey counted {people} separately for the first time.",
    "I would like to hear from {people} about this.",
    "Violence against {people} rose again, the report says.",
    "Nobody should be insulted for standing up for {people}.",
    "It is wrong to say that {people} are criminals.",
    "We marched together with {people} against the cuts.",
)
_NEUTRAL_PERSONS = (
    "My neighbour is {person} and the kindest man in the street.",
    "The new mayor is {person}, the first in our history.",
    "Being {person} has nothing to do with whether she can lead a ministry.",
    "As somebody who is {person}, I found the report balanced.",
    "My doctor is {person} and I trust her completely.",
    "He told the court that he is {person} and had been attacked for it.",
)
_ATTACKS_ON_PEOPLE = (
    "{people} are animals and should be thrown out of the country.",
    "I hate {people}, they ruin everything they touch.",
    "{people} are parasites, get rid of them all.",
    "We would be better off if {people} were all dead.",
    "Never trust {people}, they are liars and thieves every one of them.",
    "Send the {people} back where they crawled out from.",
)
_THREATS = (
    "I will find you and hurt you.",
    "I know where you live and I am coming for your family.",
    "Keep writing and somebody will break your legs.",
    "You will not be alive next week.",
    "I am going to kill you, you hear me?",
    "Someone should put a bullet in this journalist.",
    "We will burn your house down with you in it.",
    "Watch your back tonight, we are waiting for you.",
    "I will beat you until you stop breathing.",
    "Traitors like you get hanged, and I will bring the rope.",
    "I hope somebody shoots you in the head.",
    "I will smash your face in when I see you.",
)
_REPORTED_THREATS = (
    "He told the police that a man had said he would kill him.",
    "The journalist received a letter saying that her house would be burned down.",
    "Nobody should have to read that they will be killed for an article.",
    "You are not an idiot for changing your mind.",
    "Calling each other idiots helps nobody here.",
    "I never said you were stupid, I said the plan is risky.",
    "It hurts to be called a liar when you only asked a question.",
    "Please do not call people trash, it is against the rules of this page.",
)
_INSULTS = (
    "You are an idiot and so is whoever wrote this.",
    "What a bunch of morons, shut up and go home.",
    "Only a complete imbecile could believe this garbage.",
    "The author is a pathetic liar.",
    "You stupid clown, learn to read.",
    "Shut your mouth, nobody wants to hear from trash like you.",
)


def counterexamples() -> list[Row]:
    """Clean and abusive sentences, a few hundred of each, in a fixed order."""
    clean = (
        [form.format(weapon=weapon, place=place) for form, weapon, place in product(_NEWS, _WEAPONS, _PLACES)]
        + list(_NEWS_PLAIN + _REPORTED_THREATS) * 4
        + [form.format(people=people) for form, people in product(_NEUTRAL_PEOPLE, _PEOPLE)]
        + [form.format(person=person) for form, person in product(_NEUTRAL_PERSONS, _PERSONS)]
    )
    attacks = [form.format(people=people) for form, people in product(_ATTACKS_ON_PEOPLE, _PEOPLE)]
    return (
        _rows("clean", clean, {})
        + _rows("attack", attacks, {"toxicity": 1, "identity_attack": 1})
        + _rows("threat", _THREATS * 4, {"toxicity": 1, "threat": 1})
        + _rows("insult", _INSULTS * 4, {"toxicity": 1, "insult": 1})
    )


def _rows(kind: str, texts: list[str] | tuple[str, ...], known: dict[str, float]) -> list[Row]:
    """Clean rows know every label; others only those named."""
    unknown = 0.0 if not known else float("nan")
    labels = tuple(known.get(label, unknown) for label in LABELS)
    return [
        Row(f"newsdesk:{kind}:{index}", text, "en", "newsdesk", labels, "train") for index, text in enumerate(texts)
    ]
