"""Notes lose what is spoken to the room and keep every other word."""

from __future__ import annotations

import pytest

from generators.prose_cues import cues
from generators.prose_notes import clean, is_reply


@pytest.mark.parametrize(("said", "kept"), [
    ("As you can see, the wait fell to nine minutes.", "The wait fell to nine minutes."),
    ("The wait fell to nine minutes, as you can see on this slide.", "The wait fell to nine minutes."),
    ("(Animation) Two more nodes take over.", "Two more nodes take over."),
    ("CLICK It took us six hours to find him.", "It took us six hours to find him."),
    ("Objective: every question gets an answer.", "Every question gets an answer."),
    ("Here we have a lathe from 1964.", "Consider a lathe from 1964."),
    ("It runs on .NET and on ASP.NET too.", "It runs on .NET and on ASP.NET too."),
    ("You *can* maintain it yourself.", "You can maintain it yourself."),
    ("We do not like 3.5 % losses.", "We do not like 3.5 % losses."),
    ("You see two titles of one question.", "Consider two titles of one question."),
    ("3. Keep the page true.", "Keep the page true."),
    ("3.", ""),
    ("Let us try this at the tables, with your own telephones.", ""),
    ("Now I come back to the ones nobody answered.", ""),
    ("Hand out pens, red for gone.", ""),
    ("On the next slide we look at costs.", ""),
    ("This slide shows our organisation.", ""),
    ("Thank you all for coming.", ""),
    ("Trainer notes: pause here", ""),
    ("See https://example.org/a for more.", ""),
    ("var total = items.Count();", ""),
    ("...", ""),
])
def test_english_sentences(said: str, kept: str) -> None:
    assert clean(said, cues("en")) == kept


@pytest.mark.parametrize(("said", "kept"), [
    ("Zoals je kunt zien, daalde de wachttijd tot negen minuten.", "Daalde de wachttijd tot negen minuten."),
    ("De wachttijd daalde tot negen minuten op deze dia.", "De wachttijd daalde tot negen minuten."),
    ("KLIK Het kostte ons zes uur.", "Het kostte ons zes uur."),
    ("Op de volgende dia zie je de kosten.", ""),
    ("Deze dia toont onze organisatie.", ""),
    ("Zijn er nog vragen?", ""),
    ("Een lasser wist het antwoord.", "Een lasser wist het antwoord."),
])
def test_dutch_sentences(said: str, kept: str) -> None:
    assert clean(said, cues("nl")) == kept


def test_a_sentence_that_leans_on_a_dropped_one_goes_too(slide, context) -> None:
    ready = context((slide(1, "Waiting times", (), (
        "This slide shows the waiting times. It is in red. The median wait fell from a day to an hour last spring.",)),))
    said = [s.text for s in ready.materials[0].passages[0].prose]
    assert said == ["The median wait fell from a day to an hour last spring."]


def test_click_with_a_heading_runs_in(slide, context) -> None:
    ready = context((slide(1, "Three mistakes", (), (
        "CLICK – The photograph. A fitter posted a picture of a housing. CLICK – The joke. It cost us two apologies.",)),))
    passages = ready.materials[0].passages
    assert [p.run_in.text if p.run_in else "" for p in passages] == ["The photograph", "The joke"]
    assert passages[0].heading is not None
    assert passages[0].heading.text == "Three mistakes"
    assert [s.text for p in passages for s in p.prose] == [
        "A fitter posted a picture of a housing.", "It cost us two apologies."]


def test_a_language_without_cues_is_left_alone() -> None:
    assert clean("Toto je věta o vodě.", cues("cs")) == "Toto je věta o vodě."


def test_on_a_slide_the_same_words_speak_to_the_audience() -> None:
    assert clean("Hand out pens, red for gone.", cues("en"), shown=True) == "Hand out pens, red for gone."


def test_a_short_answer_stays_with_what_it_answers(slide, context) -> None:
    ready = context((slide(1, "A call", (), (
        "People worry that readers outside will find our mistakes. They will. It is the cheapest checking that we ever had.",)),))
    assert [s.text for s in ready.materials[0].passages[0].prose][1:] == ["They will.", "It is the cheapest checking that we ever had."]


@pytest.mark.parametrize(("language", "said", "kept"), [
    ("en", "Pens up, please, I'll wait.", ""),
    ("en", "Blue is the north bank, orange is the south bank.", ""),
    ("en", "The sea is blue, and the boats are red.", "The sea is blue, and the boats are red."),
    ("en", "The ferry sank twice, and I'd rather say it now than on slide thirty-one.", "The ferry sank twice."),
    ("en", "I shall end where I began.", ""),
    ("en", "I shall end where the ferry lands.", "I shall end where the ferry lands."),
    ("en", "If you came in late, this is the ferry that sank.", ""),
    ("en", "You can read them behind me.", ""),
    ("nl", "De rode, of nee, de groene bij u op het scherm, is de pont.", ""),
    ("nl", "De rode boot is van ons.", "De rode boot is van ons."),
    ("nl", "Ik eindig waar ik begon.", ""),
    ("nl", "U kunt ze achter mij lezen.", ""),
    ("nl", "De pont is twee keer gezonken, en dat zeg ik liever hier dan op dia dertig.", "De pont is twee keer gezonken."),
    ("en", "Do not try to read the whole table.", ""),
    ("en", "Pause, click, pause.", ""),
    ("en", "That bridge deserves its own slide.", ""),
    ("en", "Here's the chart that my boss hates.", ""),
    ("en", "Here's a rope that holds.", "Here's a rope that holds."),
    ("en", "Here's what the ferryman told us.", "Here's what the ferryman told us."),
    ("en", "We kept his rope, as you'll see on the winter slide.", "We kept his rope."),
    ("en", "There were nine ropes left, the list is on the last slide.", "There were nine ropes left."),
    ("en", "The ferry sank twice; I'll come back to that at the end.", "The ferry sank twice."),
    ("en", "Fine, next.", ""),
    ("en", "dont read.", ""),
    ("en", "Handout at back.", ""),
    ("en", "Left, Nils in June.", ""),
    ("en", "Right, Nils in August.", ""),
    ("en", "Right, Nils was the only one who swam.", "Nils was the only one who swam."),
    ("en", "Right, said the ferryman.", "Right, said the ferryman."),
    ("en", "Keep that bell in mind, we come back to it at the end.", "Keep that bell in mind."),
    ("nl", "Links, Nils in juni.", ""),
    ("en", "Before the boats, look at this for a moment.", ""),
    ("en", "Please look at the last bullet.", ""),
    ("en", "The storm in May, you can see it here, took two of them.", "The storm in May, took two of them."),
    ("nl", "Drie boten, ik bouw het op.", "Drie boten."),
    ("nl", "De storm in mei, die zie je hier, nam er twee mee.", "De storm in mei, nam er twee mee."),
    ("en", "I bought the boat first; you've heard that one.", "I bought the boat first."),
    ("en", "No bells, though I'll confess something about that in part four.", "No bells."),
    ("en", "Every time I give this talk, a sailor walks out.", "Every time I give this talk, a sailor walks out."),
    ("en", "It's the cheapest rope in this talk: old hemp.", "It's the cheapest rope: old hemp."),
    ("en", "If the rope breaks I'll tell you.", "If the rope breaks I'll tell you."),
    ("en", "This is how it looks, I've blurred them so don't bother squinting.", ""),
    ("en", "The bell was his, remember that name, we'll need it.", "The bell was his."),
    ("en", "I'd ask you to read the left column, because it took us a winter.", ""),
    ("en", "Depth is the column I want you to look at.", ""),
    ("en", "I'll read two rows and then you can look on your own.", ""),
    ("en", "The bell rang. [let it sink in] Nobody came.", "The bell rang. Nobody came."),
    ("en", "The bell [sic] rang.", "The bell [sic] rang."),
    ("nl", "De bel ging. [laat ze kijken] Niemand kwam.", "De bel ging. Niemand kwam."),
    ("en", "Very quickly, so you know where we are.", ""), ("en", "I'll take them one by one.", ""),
    ("nl", "Heel kort, zodat jullie weten waar we zijn.", ""), ("nl", "Ik loop ze één voor één langs.", ""),
    ("en", "Hold that thought.", ""),
    ("en", "It sank in May, that's the month I told you to hold: boats sink in May.", "It sank in May, that's the month I told you to hold: boats sink in May."),
    ("en", "It sank in May, that's the thought I asked you to hold: boats sink in May.", "It sank in May: boats sink in May."),
    ("en", "Look at the bars: nine boats fewer, which is a lot.", "Nine boats fewer, which is a lot."),
    ("en", "Nine, seven, two, and look at week four, none.", "Nine, seven, two, and week four, none."),
    ("en", "But look at the thin line, half of them came back.", "But half of them came back."),
    ("en", "That's why there's a pump in three slides; it leaks, but it floats.", "That's why there's a pump; it leaks, but it floats."),
    ("en", "My own boat, as promised: it leaks too.", "My own boat: it leaks too."),
    ("en", "I told you we never bought the second bell.", "We never bought the second bell."),
    ("en", "This part is for sailors, the others may look out of the window.", "This part is for sailors."),
    ("en", "The pilot is our cook, she's sitting over there, wave at them.", "The pilot is our cook."),
    ("nl", "Ik zal de getallen niet allemaal voorlezen.", ""),
    ("nl", "Kijk vooral naar de linkerkolom.", ""),
    ("nl", "Neem gerust een foto.", ""),
    ("nl", "Even laten hangen.", ""),
    ("nl", "De pont werd er niet sneller van, dat laat ik zo zien.", "De pont werd er niet sneller van."),
    ("nl", "De kok is ook loods, hij zit achterin, zwaai eens naar hem.", "De kok is ook loods."),
    ("nl", "Onthoud die bel even, ik kom erop terug in deel drie.", ""),
    ("nl", "Ik had gezegd: onthoud de bel. Negen keer.", "Negen keer."),
    ("nl", "Ik had gezegd: onthoud de bel.", ""),
    ("nl", "Kijk eens naar de balken: negen boten minder, dat is veel.", "Negen boten minder, dat is veel."),
    ("nl", "Daarom staat er een pomp over twee dia's; hij lekt, maar hij drijft.",
     "Daarom staat er een pomp; hij lekt, maar hij drijft."),
    ("nl", "Pennen weg, ik wacht wel.", ""),
    ("nl", "Dat verdient een eigen dia.", ""),
    ("nl", "Slokje water.", ""),
    ("nl", "We hielden zijn touw, zoals je straks op de winterdia met de boten ziet.",
     "We hielden zijn touw, zoals je straks op de winterdia met de boten ziet."),
    ("nl", "We hielden zijn touw, zoals je straks op de dia met de boten ziet.", "We hielden zijn touw."),
    ("nl", "Zoals je hier ziet: geen touw en geen boot.", "Geen touw en geen boot."),
    ("nl", "De pont zonk twee keer, daar kom ik straks op terug.", "De pont zonk twee keer."),
    ("nl", "Elke keer als ik deze lezing geef, loopt er een schipper weg.",
     "Elke keer als ik deze lezing geef, loopt er een schipper weg."),
])
def test_what_is_said_to_the_room_goes_and_the_rest_of_a_sentence_stays(language: str, said: str, kept: str) -> None:
    assert clean(said, cues(language)) == kept


@pytest.mark.parametrize(("language", "said"), [
    ("en", "Take one rope a day, and keep this one for the evening."), ("en", "We had no time."),
    ("en", "Let it dry for an hour, then tie it."), ("en", "You may laugh, but it held."),
    ("en", "He asked us to wave, please, as the ferry left."), ("en", "If you slept badly, drink less coffee."),
    ("en", "Tell the story of the bell to every new sailor."), ("en", "Most sailors don't read the table of tides."),
    ("en", "Here is the map that saved us."), ("en", "Ask me later, he said."), ("en", "I can see some of you have boats."),
    ("en", "I'll take them one by one to the harbour."), ("nl", "We nemen ze één voor één mee naar de haven."),
    ("en", "You can look on your own if the ferry is late."), ("en", "We sit down and look at the sea, every evening."),
    ("en", "She stands at the back, where nobody hears her."), ("en", "I told you we would sink, said the ferryman."),
    ("en", "I want you to look at the water before you row."), ("en", "Hold that rope until the bell rings."),
    ("en", "Look at the line: it must be dry."), ("en", "The rope came on Monday, as promised."),
    ("en", "He has blurred them with a wet thumb."), ("en", "Look at the four corners of every sail."),
    ("en", "The others may look after themselves."), ("en", "Remember the rope on the second pole."),
    ("nl", "Kijk naar de lijn: die moet droog zijn."), ("nl", "Even laten hangen, dan droogt het touw."),
    ("nl", "Hij staat achterin, waar niemand hem hoort."), ("nl", "Onthoud de naam van je pont."),
    ("nl", "Ik ga de tabel met getijden lezen."), ("nl", "Neem een foto van het lek mee."),
    ("nl", "Neem deze elke ochtend."), ("nl", "We hadden geen tijd."), ("nl", "Je mag lachen, maar het hield."),
    ("nl", "Lees de handleiding niet, bel de schipper."), ("nl", "Maak een foto van het lek."),
    ("nl", "Dit is de foto van mijn vader."), ("nl", "Mooi dat u er bent, zei de schipper."),
])
def test_words_like_those_to_a_room_are_text_elsewhere(language: str, said: str) -> None:
    assert clean(said, cues(language)) == said


def _told(slide, context, title: str, notes: str, language: str = "en") -> list[str]:
    ready = context((slide(1, title, (), (notes,)),), language=language)
    return [s.text for p in ready.materials[0].passages for s in p.prose]


def test_a_reply_to_what_was_said_to_the_room_goes_with_it_and_the_talk_goes_on(slide, context) -> None:
    said = _told(slide, context, "The ferry", (
        "The ferry had one rope. Hands up if you have ever held one. Yes. You may laugh. It was older than the ferryman was."))
    assert said == ["The ferry had one rope.", "It was older than the ferryman was."]
    said = _told(slide, context, "The ferry", (
        "We tied it to the bell. Yes. You may laugh. The bell rang at every wave, and nobody slept that winter."))
    assert said == ["We tied it to the bell.", "The bell rang at every wave, and nobody slept that winter."]


@pytest.mark.parametrize(("language", "notes", "left"), [
    ("en", "The pilot is our cook, she's sitting over there, wave at them. She won't. The ferry has sailed without her since May.", 2),
    ("nl", "De loods is onze kok, hij zit achterin, zwaai eens even. Hij doet het niet. De pont vaart al sinds mei zonder hem.", 2),
    ("en", "The rope held, as you'll see on the winter slide. It was old. The ferry has sailed without a second one since May.", 3)])
def test_what_follows_a_wave_into_the_room_goes_with_it(slide, context, language, notes, left) -> None:
    assert len(_told(slide, context, "The ferry", notes, language)) == left


def test_an_it_that_stands_for_nothing_hangs_on_nothing(slide, context) -> None:
    said = _told(slide, context, "Ropes", (
        "This slide shows the ropes. It shows them wet. It is true that wet ropes hold less than dry ones."))
    assert said == ["It is true that wet ropes hold less than dry ones."]


@pytest.mark.parametrize(("language", "title", "notes", "first"), [
    ("en", "Step 2: dry the rope", "Step two. Nobody in the harbour dries a rope before winter.", "Nobody in the harbour"),
    ("en", "What it costs", "The money, quickly. A new rope costs us ninety a year.", "A new rope costs"),
    ("en", "Step 2: dry the rope", "Step two: the rope. Nobody in the harbour dries one before winter.", "Nobody in the harbour"),
    ("en", "Rule 4: no wet knots", "Rule four, never tie a rope that is wet. It shrinks.", "Never tie a rope"),
    ("en", "What the harbour lost", "To be fair, what we found. Nobody in the harbour has a bell now.", "To be fair, what we found."),
    ("en", "What we lost", "To be fair, what we lost. Nobody in the harbour has a bell now.", "Nobody in the harbour"),
    ("nl", "Regel 4: geen natte knopen", "Regel vier, knoop nooit een nat touw. Dat krimpt.", "Knoop nooit"),
    ("en", "Ropes", "Ropes, and I mean them. Each of ours has a name and a date.", "Each of ours"),
    ("en", "Ropes", "Ninety a year. Nobody in the harbour pays that gladly.", "Ninety a year."),
    ("en", "Ropes", "Same rope, same knot. Nobody in the harbour ties it.", "Same rope, same knot."),
    ("en", "Who dries it?", "The ferryman. Nobody else in the harbour has a shed.", "The ferryman."),
    ("en", "Ropes", "The old one. It hangs in the shed by the harbour.", "The old one."),
    ("nl", "Stap 2: droog het touw", "Stap twee. Niemand in de haven droogt een touw voor de winter.", "Niemand in de haven"),
    ("nl", "De haven", "De pont zonk. Niemand in de haven had een touw.", "De pont zonk."),
    ("nl", "Wat het kost", "Het geld, heel kort. Een nieuw touw kost ons negentig per jaar.", "Een nieuw touw kost"),
])
def test_a_label_before_what_it_announces_goes(slide, context, language: str, title: str, notes: str, first: str) -> None:
    assert _told(slide, context, title, notes, language)[0].startswith(first)


def test_notes_that_point_once_in_four_sentences_are_told(slide, context) -> None:
    said = _told(slide, context, "The queue", (
        "This slide shows the queue. A sailor waits alone on the quay. Another one stands behind the shed. Neither knows it."))
    assert said == ["A sailor waits alone on the quay.", "Another one stands behind the shed.", "Neither knows it."]


@pytest.mark.parametrize(("language", "text", "expected"), [
    ("en", "Half? ... okay.", True), ("en", "Half of the ferries sank.", False), ("en", "Nobody? Good.", True),
    ("nl", "De helft? Oké.", True), ("nl", "De helft zonk.", False)])
def test_a_guess_at_raised_hands_is_a_reply(language: str, text: str, expected: bool) -> None:
    assert is_reply(text, cues(language)) is expected


@pytest.mark.parametrize(("text", "expected"), [
    ("Counting all ropes again should take", True), ("How long counting should take", True), ("All the care you need", False)])
def test_a_line_that_ends_on_half_a_verb_breaks_off(text: str, expected: bool) -> None:
    assert cues("en").has("breaks_off", text) is expected


def test_what_a_picture_shows_of_a_way_begins_under_its_title(slide, context) -> None:
    shown = "The diagram illustrates the long path of the grain to the mill."
    told = "It begins with a boat on the river. The rest is done by a horse, and the miller waits."
    [first, *_] = context((slide(1, "The path of the grain", (), (f"{shown} {told}",)),)).materials[0].passages[0].prose
    assert first.text == "It begins with a boat on the river."
