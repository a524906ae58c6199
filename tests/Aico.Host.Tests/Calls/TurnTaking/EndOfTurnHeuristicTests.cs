using Aico.Host.Calls.TurnTaking;

namespace Aico.Host.Tests.Calls.TurnTaking;

public class EndOfTurnHeuristicTests
{
    private readonly EndOfTurnHeuristic predictor = new();

    // Connectives, articles, prepositions
    [TestCase("I would like a table and", "en")]
    [TestCase("I would like a table and.", "en")]
    [TestCase("I would come, but", "en")]
    [TestCase("That is because.", "en")]
    [TestCase("Can you give me the", "en")]
    [TestCase("Can I get the?", "en")]
    [TestCase("I want to go to", "en")]
    [TestCase("I live in.", "en")]
    [TestCase("It is a picture of my", "en")]
    [TestCase("I need it, so", "en")]
    // Hesitation
    [TestCase("I think um", "en")]
    [TestCase("Uh", "en")]
    [TestCase("Well, you know", "en")]
    [TestCase("Hold on.", "en")]
    [TestCase("Let me see.", "en")]
    // Auxiliaries and subjects
    [TestCase("My name is", "en")]
    [TestCase("My name is.", "en")]
    [TestCase("Yes my name is", "en")]
    [TestCase("I'm", "en")]
    [TestCase("I would like to know if you have", "en")]
    [TestCase("and then we", "en")]
    // Marks
    [TestCase("I would like a table,", "en")]
    [TestCase("I would like a table -", "en")]
    [TestCase("I was wondering…", "en")]
    [TestCase("I was wondering...", "en")]
    [TestCase("I wan-", "en")]
    // Numbers
    [TestCase("my number is five five five", "en")]
    [TestCase("My number is 555.", "en")]
    [TestCase("My phone number is 415 555", "en")]
    [TestCase("4 1 5", "en")]
    [TestCase("415, 555", "en")]
    [TestCase("You can call me at five five five", "en")]
    [TestCase("my card number is 4111 1111 1111", "en")]
    [TestCase("my zip code is nine four one", "en")]
    [TestCase("The pin is one two", "en")]
    [TestCase("My order number is 1 2", "en")]
    [TestCase("my number is double five", "en")]
    [TestCase("one hundred and", "en")]
    [TestCase("one hundred and twenty", "en")]
    [TestCase("three point", "en")]
    [TestCase("john at gmail dot", "en")]
    // Spelling
    [TestCase("S M I", "en")]
    [TestCase("That's spelled S.", "en")]
    [TestCase("It is spelled", "en")]
    [TestCase("B as in boy", "en")]
    [TestCase("S M for Mike", "en")]
    // Other languages
    [TestCase("Ich möchte einen Tisch und", "de")]
    [TestCase("Ich möchte.", "de")]
    [TestCase("Das ist für die Frau mit der", "de")]
    [TestCase("Meine Telefonnummer ist null eins fünf", "de")]
    [TestCase("äh", "de-AT")]
    [TestCase("Je voudrais une table pour", "fr")]
    [TestCase("parce que", "fr")]
    [TestCase("Mon numéro est le zéro six douze", "fr")]
    [TestCase("Quiero una mesa para", "es")]
    [TestCase("Creo que si", "es")]
    [TestCase("mi teléfono es seis uno dos", "es")]
    public void Waits_where_the_words_plainly_go_on(string text, string language) =>
        predictor.Predict(text, language).Should().Be(TurnCompleteness.Incomplete);

    [TestCase("What time do you open?", "en")]
    [TestCase("What are you looking for?", "en")]
    [TestCase("Where are you from?", "en")]
    [TestCase("Can you hear me?", "en")]
    [TestCase("Should we?", "en")]
    [TestCase("I would like to book a table.", "en")]
    [TestCase("That is really great!", "en")]
    [TestCase("Yes.", "en")]
    [TestCase("yes", "en")]
    [TestCase("No, thank you.", "en")]
    [TestCase("okay thanks goodbye", "en")]
    [TestCase("that's all", "en")]
    [TestCase("a table for two please", "en")]
    [TestCase("I think so", "en")]
    [TestCase("Yes it is.", "en")]
    [TestCase("my number is four one five five five five two six seven one", "en")]
    [TestCase("(415) 555-2671", "en")]
    [TestCase("my card number is 4111 1111 1111 1111", "en")]
    [TestCase("The zip code is 94103.", "en")]
    [TestCase("john at gmail dot com", "en")]
    [TestCase("He said \"I will be there today.\"", "en")]
    [TestCase("Das wär's, danke", "de")]
    [TestCase("Ich möchte einen Tisch reservieren.", "de")]
    [TestCase("Haben Sie offen?", "de")]
    [TestCase("Oui, merci.", "fr")]
    [TestCase("Je voudrais réserver une table.", "fr")]
    [TestCase("Sí, por favor", "es")]
    [TestCase("Quiero reservar una mesa.", "es")]
    [TestCase("Jag vill boka ett bord.", "sv")]
    [TestCase("予約をお願いします。", "ja")]
    public void Ends_soon_where_the_words_are_plainly_complete(string text, string language) =>
        predictor.Predict(text, language).Should().Be(TurnCompleteness.Complete);

    [TestCase("", "en")]
    [TestCase("...", "en")]
    [TestCase("I would like a table", "en")]
    [TestCase("Blue.", "en")]
    [TestCase("Two tickets.", "en")]
    [TestCase("five", "en")]
    [TestCase("twenty five", "en")]
    [TestCase("It is", "en")]
    [TestCase("That is what I was looking for.", "en")]
    [TestCase("So should we", "en")]
    [TestCase("my number is 555 1234", "en")]
    [TestCase("My order number is 1 2 3 4 5", "en")]
    [TestCase("9 4 1 0 3", "en")]
    [TestCase("I have an iPhone 12 phone 5", "en")]
    [TestCase("S M I T H", "en")]
    [TestCase("It opens at seven p.m", "en")]
    [TestCase("I live in the U.S", "en")]
    [TestCase("wenn ich das kann", "de")]
    [TestCase("je voudrais une table", "fr")]
    [TestCase("och sedan", "sv")]
    public void Leaves_the_rest_to_the_callers_own_pauses(string text, string language) =>
        predictor.Predict(text, language).Should().Be(TurnCompleteness.Unclear);

    [TestCase("I would like a table and")]
    [TestCase("My name is")]
    [TestCase("my number is five five five")]
    [TestCase("That's spelled S M I")]
    [TestCase("I think um")]
    public void Does_not_believe_the_stop_that_batch_models_put_everywhere(string text) =>
        predictor.Predict(text + ".", null).Should().Be(predictor.Predict(text, null)).And.Be(TurnCompleteness.Incomplete);
}
