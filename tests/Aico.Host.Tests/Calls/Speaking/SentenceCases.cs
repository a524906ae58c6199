namespace Aico.Host.Tests.Calls.Speaking;

/// <summary>What is to become of real answers: a bar stands where a piece ends.</summary>
internal static class SentenceCases
{
    // After "First piece here. " the answer's first piece is out, so that the rest is cut into sentences only.
    private const string First = "First piece here. |";

    private static readonly string[] English =
    [
        "Hello.",
        "Hello there. |How are you?",
        "Hello there! |How are you? |Fine.",
        // The first clause
        "Of course I can, |but it will take a while, maybe an hour. |Then we are done.",
        "Sure, I can help, |just tell me more.",
        "Well, yes.",
        "Hi! |Let me look into that, |one moment please.",
        "Here is the plan: |we start, we wait, we finish.",
        "That is right; |the shop closes early.",
        "The answer is simple — |it depends.",
        "The answer is simple—|it depends.",
        "I am not sure – |it depends.",
        "I am not sure - |it depends.",
        "Pages ten to 10–20 are a well-known part.",
        "You can get it today |because the shop is open until nine.",
        "I looked at your order |and it was shipped yesterday.",
        "I would like some bread and butter for us.",
        "The meeting is on March 5, 2024, |as I said.",
        "It costs about 1,000 dollars, |plus tax.",
        "Go to the \"big house,\" |he said to me.",
        "This is one very long opening without any mark that goes on and on over the hills far away |to the river that nobody has ever seen with open eyes.",
        // Numbers
        First + "Pi is 3.14 or so. |Yes.",
        First + "It costs $1,000.50 today. |Cheap.",
        First + "We open at 7:30 in the morning. |Come.",
        First + "The answer is 42. |That is all.",
        First + "Version 2.0.1 is out. |Get it.",
        First + "Take .5 of it. |Good.",
        First + "It was in 1999. |Then came 2000.",
        First + "My address is 192.168.0.1. |Remember it.",
        // Abbreviations
        First + "Dr. Smith and Mrs. Jones met Prof. Lee. |They talked.",
        First + "Use a tool, e.g. a hammer, i.e. something hard. |Then hit.",
        First + "He lives in the U.S. and works. |She does not.",
        First + "The U.S. Army came. |It left.",
        First + "He moved to the U.S. |The weather is better.",
        First + "We meet at 7 a.m. sharp. |Bring coffee.",
        First + "We meet at 7 a.m. |Bring coffee.",
        First + "We meet at 5 p.m. Monday. |Bring tea.",
        First + "We meet at 5 p.m. EST. |Bring tea.",
        First + "Apples, pears, etc. are fruit. |Eat them.",
        First + "Apples, pears, etc. |Eat them.",
        First + "Acme Inc. is big. |Acme Inc. Europe is small.",
        First + "See No. 5 on the list. |Then go.",
        First + "No. |I do not think so.",
        First + "Born on Jan. 5 in St. Louis. |Died later.",
        First + "He has a Ph.D. in physics. |She has two.",
        First + "It is good vs. bad. |Choose.",
        // Initials
        First + "J. R. R. Tolkien wrote it. |I read it.",
        First + "John F. Kennedy spoke. |They heard.",
        First + "We need plan B. |Then we start.",
        First + "It was J. I. Smith. |Who else?",
        First + "So do I. |But not now.",
        // Addresses and files
        First + "Visit www.example.com/a.b?c=d.e for more. |Bye.",
        First + "Visit https://example.com. |Then call.",
        First + "Write to john.doe@example.co.uk today. |Thanks.",
        First + "Open readme.txt and main.cs. |Read them.",
        First + "He uses Node.js and .NET. |Both work.",
        // Quotes and brackets
        First + "He said \"Go.\" |Then he left.",
        First + "He said “Go!” |Then he left.",
        First + "\"Go!\" he said. |We went.",
        First + "“Really?” she asked. |Yes.",
        First + "It works. |(Mostly.) |Try it.",
        First + "It works (really!) and well. |Try it.",
        First + "He said 'stop.' |And so we did.",
        First + "She told me: \"It's (almost) done.\" |Good.",
        // Ellipses and runs
        First + "Well... maybe not. |Let us see.",
        First + "Well... |Let us see.",
        First + "Hmm… let me think. |Done.",
        First + "Wait… |Now it works.",
        First + "What?! |No way!!! |Yes.",
        First + "Really?! |no way.",
        // Lines and lists
        "Here you go:\n|1. First thing\n|2. Second thing.\n|Done",
        First + "A heading\n|Some text. |More text.\n|\nA paragraph.",
        First + "One.\r\n|Two.\r\n|Three",
        First + "Two spaces. | Then more. | ",
        // Joined
        First + "Wait,what?Yes.",
        First + "A\u0301 la carte, e\u0301tude. |Cafe\u0301!",
        First + "Nice 😀! |Very 👩‍🚀 nice.",
        "... So what.",
        "",
    ];

    private static readonly string[] German =
    [
        First + "Am 3. Mai kommt Dr. Meier. |Er bleibt.",
        First + "Das ist z. B. ein Haus, d. h. ein Gebäude. |Gut.",
        First + "Das kostet 3,50 Euro bzw. 1.000 Cent. |Billig.",
        First + "Er kommt am 3. |Dann geht er.",
        "Das kann ich gern machen |aber es dauert noch ein wenig.",
        First + "Er sagte: „Geh.“ |Dann ging er.",
    ];

    private static readonly string[] Others =
    [
        First + "你好。|我很好！|真的吗？|是的。",
        First + "他说：「走吧。」|然后他走了。",
        "我可以帮助您，|请稍等一下。|谢谢。",
        First + "今日は。|元気ですか？！|はい",
        First + "それは3.14です。|はい。",
        First + "OK.|好的。|再见",
        First + "¿Cómo está el Sr. García? |¡Muy bien! |Gracias.",
        First + "M. Dupont est là. |Il attend.",
        First + "ما هذا؟ |نعم.",
        First + "यह है। |हाँ।",
    ];

    public static IEnumerable<SentenceCase> All =>
    [
        .. English.Select(text => Case("en", text)),
        .. German.Select(text => Case("de-DE", text)),
        .. Others.Select(text => Case(null, text)),
    ];

    private static SentenceCase Case(string? language, string marked) => new(language, marked);
}
