using System.Collections.Frozen;
using Aico.Host.Calls.Speaking;

namespace Aico.Host.Calls.TurnTaking;

/// <summary>The words that tell whether a turn goes on, by language.</summary>
internal sealed class EndOfTurnLanguage
{
    private static readonly FrozenDictionary<string, EndOfTurnLanguage> Known = new Dictionary<string, EndOfTurnLanguage>
    {
        ["en"] = new()
        {
            Open = Words("""
                and but because or nor so if unless whereas although though while until than as whether plus minus versus
                the a an my your our their its every another
                of for with from at into onto about without between toward towards through during via per to in on by
                um uh uhm umm uhh er erm hmm hm like i we they he she
                point dot slash underscore hyphen double triple
                """),
            Auxiliaries = Words("is are was were am be been being will would could should can may might must shall do does did have has had im youre were theyre ill id lets want need gonna wanna"),
            Stranding = Words("of for with from at into about to in on by through like"),
            Questions = Words("what where who which how whom whose that it them this thing log come hold turn sign move carry"),
            Subjects = Words("i we they he she"),
            Pronouns = Words("i you we they he she it that this there"),
            Affirming = Words("yes no yeah yep nope sure course think so"),
            OpenPhrases = Phrases("you know|i mean|let me see|let's see|let me think|hold on|hang on|wait|one moment|one second|just a second|give me a second|just a moment|for example|such as|kind of|sort of|in order to|area code"),
            Finished = Phrases("i think so|i don't think so|i hope so|i guess so|i believe so|i don't want to|i'd love to|so do i|neither do i|come on|go on"),
            Answers = Phrases("""
                yes|no|yeah|yep|yup|nope|nah|sure|ok|okay|alright|all right|right|correct|exactly|absolutely|of course|please|thanks|thank you|thank you very much|thank you so much|many thanks
                |goodbye|good bye|bye|bye bye|see you|have a nice day|have a good one|hello|hi|hey|stop|cancel|never mind|not really|maybe|perhaps|i don't know|no idea|not sure|that's all|that is all|that's it|that is it|that's right|that's correct|that's fine|nothing else
                |i'm done|i'm fine|got it|i see|fine|great|perfect|good|mm hm|uh huh|it isn't|i don't|i can't|i won't|go ahead|why not|sounds good|of course not|both|none|neither|me too|all good
                """),
            Closing = Phrases("please|thanks|thank you|goodbye|good bye|bye|that's all|that is all|that's it|that is it|right now|as soon as possible|dot com|dot org|dot net"),
            Digits = Numbers("zero:1|oh:1|o:1|one:1|two:1|three:1|four:1|five:1|six:1|seven:1|eight:1|nine:1|ten:2|eleven:2|twelve:2|thirteen:2|fourteen:2|fifteen:2|sixteen:2|seventeen:2|eighteen:2|nineteen:2|twenty:2|thirty:2|forty:2|fifty:2|sixty:2|seventy:2|eighty:2|ninety:2"),
            Tens = Words("twenty thirty forty fifty sixty seventy eighty ninety"),
            Hundreds = Words("hundred thousand million"),
            Dictations = Dictated("card:16|credit:16|visa:16|mastercard:16|zip:5|postcode:5|postal:5|pin:4|social:9|order:0|account:0|reference:0|confirmation:0|booking:0|tracking:0|area:10|phone:10|telephone:10|mobile:10|cell:10|number:10"),
            Spelling = Words("spell spelled spelt spelling letters letter"),
        },
        ["de"] = new()
        {
            Open = Words("""
                und oder aber weil denn dass ob wenn als sondern damit obwohl sowie bzw
                der den dem des ein eine einen einem einer eines mein meine meinen meinem meiner dein deine unser unsere ihre ihren kein keine keinen
                von für in im am bei beim zum zur vom um über unter zwischen nach ohne gegen wegen seit durch
                äh ähm öhm hm also halt sozusagen quasi ich wir komma punkt
                """),
            Auxiliaries = Words("ist sind war waren habe hat haben hatte möchte will würde kann könnte muss soll brauche heiße"),
            Subordinators = Words("dass weil wenn ob was wie wo wer welche welcher welches als damit"),
            Affirming = Words("ja nein doch klar"),
            OpenPhrases = Phrases("zum beispiel|warten sie|moment|einen moment|mal sehen|ich meine|wie gesagt"),
            Answers = Phrases("ja|nein|doch|ja bitte|nein danke|bitte|danke|danke schön|vielen dank|genau|richtig|stimmt|okay|ok|gut|gerne|gern|klar|tschüss|auf wiederhören|auf wiedersehen|das ist alles|das war's|das wär's|das war alles|keine ahnung|weiß nicht|ich weiß nicht|vielleicht|stopp|hallo|guten tag|in ordnung"),
            Closing = Phrases("bitte|danke|vielen dank|tschüss|auf wiederhören|das ist alles|das war's|das wär's"),
            Digits = Numbers("null:1|eins:1|zwei:1|zwo:1|drei:1|vier:1|fünf:1|sechs:1|sieben:1|acht:1|neun:1|zehn:2|elf:2|zwölf:2|zwanzig:2|dreißig:2|vierzig:2|fünfzig:2|sechzig:2|siebzig:2|achtzig:2|neunzig:2"),
            Dictations = Dictated("kreditkarte:16|karte:16|kartennummer:16|postleitzahl:5|plz:5|pin:4|bestellnummer:0|kundennummer:0|kontonummer:0|telefonnummer:11|handynummer:11|rufnummer:11|telefon:11|nummer:11"),
            Spelling = Words("buchstabiere buchstabiert geschrieben"),
        },
        ["fr"] = new()
        {
            Open = Words("""
                et ou mais car donc si parce que qui dont quand comme puisque lorsque puis
                le la les un une des du de d l à au aux en dans sur sous avec sans pour par chez vers entre depuis
                mon ma mes ton ta tes son sa ses notre votre nos vos leur leurs ce cette ces je j tu il elle on
                euh heu ben alors voilà
                """),
            Auxiliaries = Words("est suis sont ai ont avons avez était étais veux voudrais peux dois jai cest"),
            Affirming = Words("oui non si"),
            Stranding = Words("pour avec sans"),
            Questions = Words("quoi où qui combien"),
            OpenPhrases = Phrases("par exemple|c'est-à-dire|attendez|un instant|un moment|je veux dire|est-ce que|parce que|tu vois"),
            Answers = Phrases("oui|non|si|d'accord|ok|okay|merci|merci beaucoup|oui merci|non merci|s'il vous plaît|s'il te plaît|au revoir|bonjour|bonsoir|bonne journée|c'est tout|c'est bon|c'est ça|exactement|bien sûr|voilà|je ne sais pas|peut-être|très bien|parfait|stop"),
            Closing = Phrases("s'il vous plaît|s'il te plaît|merci|merci beaucoup|au revoir|c'est tout"),
            Digits = Numbers("zéro:1|un:1|deux:1|trois:1|quatre:1|cinq:1|six:1|sept:1|huit:1|neuf:1|dix:2|onze:2|douze:2|treize:2|quatorze:2|quinze:2|seize:2|vingt:2|trente:2|quarante:2|cinquante:2|soixante:2"),
            Dictations = Dictated("carte:16|postal:5|téléphone:10|portable:10|numéro:10"),
            Spelling = Words("épelle épeler sécrit"),
        },
        ["es"] = new()
        {
            Open = Words("""
                y e o u pero porque que si cuando como aunque sino mientras ni
                el la los las un una unos unas de del a al en con sin por para sobre entre hasta desde hacia según
                mi tu su mis tus sus nuestro nuestra este esta yo
                eh em pues entonces
                """),
            Auxiliaries = Words("es son está están estoy soy era he ha han quiero quisiera puedo necesito tengo"),
            Affirming = Words("sí no claro"),
            OpenPhrases = Phrases("o sea|por ejemplo|es decir|un momento|espere|espera|a ver|quiero decir"),
            Answers = Phrases("sí|no|claro|vale|de acuerdo|gracias|muchas gracias|sí gracias|no gracias|por favor|sí por favor|adiós|hasta luego|hola|buenos días|buenas tardes|eso es todo|nada más|exacto|correcto|está bien|muy bien|no sé|no lo sé|tal vez|quizás|ok|okay|bueno|perfecto"),
            Closing = Phrases("por favor|gracias|muchas gracias|adiós|hasta luego|eso es todo|nada más"),
            Digits = Numbers("cero:1|uno:1|dos:1|tres:1|cuatro:1|cinco:1|seis:1|siete:1|ocho:1|nueve:1|diez:2|once:2|doce:2|trece:2|catorce:2|quince:2|veinte:2|treinta:2|cuarenta:2|cincuenta:2|sesenta:2|setenta:2|ochenta:2|noventa:2"),
            Dictations = Dictated("tarjeta:16|postal:5|teléfono:9|móvil:9|celular:9|número:9"),
            Spelling = Words("deletreo deletrea deletrear escribe"),
        },
    }.ToFrozenDictionary();

    /// <summary>What ends here is never the end.</summary>
    public WordSet Open { get; private init; } = Words("");

    /// <summary>The same, but that short answers end with them: "yes it is".</summary>
    public WordSet Auxiliaries { get; private init; } = Words("");

    /// <summary>Those of <see cref="Open"/> that may end a clause which one of <see cref="Questions"/> opens: "what are you looking for".</summary>
    public WordSet Stranding { get; private init; } = Words("");

    public WordSet Questions { get; private init; } = Words("");

    public WordSet Subjects { get; private init; } = Words("");

    public WordSet Pronouns { get; private init; } = Words("");

    /// <summary>After these the language moves its verb to the end.</summary>
    public WordSet Subordinators { get; private init; } = Words("");

    public WordSet Affirming { get; private init; } = Words("");

    public PhraseSet OpenPhrases { get; private init; } = Phrases("");

    /// <summary>Complete although the last word is an open one.</summary>
    public PhraseSet Finished { get; private init; } = Phrases("");

    /// <summary>Complete when the turn is nothing else.</summary>
    public PhraseSet Answers { get; private init; } = Phrases("");

    /// <summary>Complete wherever a turn ends with them.</summary>
    public PhraseSet Closing { get; private init; } = Phrases("");

    /// <summary>Number words, and how many digits each stands for.</summary>
    public FrozenDictionary<string, int> Digits { get; private init; } = Numbers("");

    public WordSet Tens { get; private init; } = Words("");

    public WordSet Hundreds { get; private init; } = Words("");

    /// <summary>Words that announce a dictated number, and how many digits it has, 0 where that differs; the first of them that occurs counts.</summary>
    public IReadOnlyList<(string Word, int Digits)> Dictations { get; private init; } = [];

    public WordSet Spelling { get; private init; } = Words("");

    private static EndOfTurnLanguage None { get; } = new();

    public static EndOfTurnLanguage For(string? tag) => Known.GetValueOrDefault(Primary(tag), None);

    /// <summary>de of de-AT; English where nothing is known, since the built-in speech-to-text is English.</summary>
    public static string Primary(string? tag) => string.IsNullOrWhiteSpace(tag) ? "en" : tag.Split('-', '_')[0].ToLowerInvariant();

    private static WordSet Words(string words) => new(StringComparer.Ordinal, words);

    private static PhraseSet Phrases(string phrases) => new(phrases.Split('|'), word => word);

    private static FrozenDictionary<string, int> Numbers(string entries) =>
        Dictated(entries).ToFrozenDictionary(entry => entry.Word, entry => entry.Digits);

    private static (string Word, int Digits)[] Dictated(string entries) =>
        [.. entries.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.Split(':')).Select(pair => (pair[0], int.Parse(pair[1], null)))];
}
