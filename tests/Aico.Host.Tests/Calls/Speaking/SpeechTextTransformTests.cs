using Aico.Host.Calls.Speaking;

namespace Aico.Host.Tests.Calls.Speaking;

public class SpeechTextTransformTests
{
    private static readonly Dictionary<string, string> Replacements = new()
    {
        ["AICO"] = "eye co",
        ["SQL"] = "sequel",
        ["SQL Server"] = "the Microsoft database",
        ["C++"] = "C plus plus",
        ["St. Pauli"] = "Sankt Pauli",
        ["微软"] = "Microsoft",
    };

    private static readonly TestCaseData[] Cases =
    [
        // Plain
        Case("Plain text, 3.14 and 5 < 6 & 7 > 2.", "Plain text, 3.14 and 5 < 6 & 7 > 2."),
        Case("Two lines\nof text.", "Two lines\nof text."),
        Case("你好，世界。", "你好，世界。"),
        Case("An e-mail: a_b@example.com", "An e-mail: a_b@example.com"),
        Case("", ""),
        // Emphasis
        Case("This is **very** important.", "This is very important."),
        Case("This is *quite* _nice_ and ***both***.", "This is quite nice and both."),
        Case("It is __bold__ and ~~gone~~ now.", "It is bold and gone now."),
        Case("**Note:** be _careful_.", "Note: be careful."),
        Case("2 * 3 is 6, 5*3 is 15, ~5 is near.", "2 * 3 is 6, 5*3 is 15, ~5 is near."),
        Case("Call snake_case_name now.", "Call snake_case_name now."),
        Case("Un*frigging*believable", "Unfriggingbelievable"),
        // Lines
        Case("# Title\nText", "Title\nText"),
        Case("### Title\r\nText", "Title\r\nText"),
        Case("#1 is best, #hashtag", "#1 is best, #hashtag"),
        Case("- one\n- two\n  - three", "one\ntwo\nthree"),
        Case("* one\n+ two\n• three", "one\ntwo\nthree"),
        Case("1. one\n2. two", "1. one\n2. two"),
        Case("-5 degrees", "-5 degrees"),
        Case("- **Bold** item\n* *Soft* item", "Bold item\nSoft item"),
        Case("*Soft* start", "Soft start"),
        Case("**Bold** start", "Bold start"),
        Case("_Soft_ start", "Soft start"),
        Case("> Quoted\n> text", "Quoted\ntext"),
        Case("Above\n---\nBelow\n***\nEnd", "Above\nBelow\nEnd"),
        Case("Title\n=====\nText", "Title\nText"),
        Case("- [ ] open\n- [x] done", "open\ndone"),
        Case("- [link](http://a.b)", "link"),
        // Tables
        Case("| Name | Price |\n|------|:-----:|\n| Tea | 3 |\n| Milk | |\nEnd", "Name, Price\nTea, 3\nMilk\nEnd"),
        Case("a | b is or", "a | b is or"),
        // Code
        Case("Run `dotnet build -c Release` now.", "Run dotnet build -c Release now."),
        Case("Use `**kwargs` and ``a`b``.", "Use **kwargs and a`b."),
        Case("`a_b` *x*", "a_b x"),
        Case("Before\n```csharp\nvar x = 1;\n```\nAfter", "Before\nAfter"),
        Case("Before\n~~~\nx\n```\ny\n~~~\nAfter", "Before\nAfter"),
        Case("```\nnever closed", ""),
        Case("```inline``` code", "inline code"),
        // Links
        Case("See [the docs](https://example.com/a_(b)) now.", "See the docs now."),
        Case("See [the **big** docs][1] now.", "See the big docs now."),
        Case("An ![old picture](a.png) here", "An old picture here"),
        Case("[![badge](b.svg)](http://c.d) ok", "badge ok"),
        Case("It is so.[^1] Yes [1] no [x", "It is so. Yes [1] no [x"),
        Case("Go to https://www.example.com/path?q=1. Then call.", "Go to example.com. Then call."),
        Case("Go to http://user@shop.example.org:8080/x, please", "Go to shop.example.org, please"),
        Case("(www.example.com/x) is <https://example.net/y>", "(example.com) is example.net"),
        Case("**https://example.com** is", "example.com is"),
        Case("[https://example.com](https://example.com) is", "example.com is"),
        Case("When we who http www why", "When we who http www why"),
        // Html
        Case("A <b>bold</b> word<br/>next", "A bold word\nnext"),
        Case("<p class=\"x\">Para</p>", "\nPara\n"),
        Case("List<string> and a <- b and I <3 it", "List<string> and a <- b and I <3 it"),
        Case("<!-- note -->Text", "Text"),
        // Emoji
        Case("Great 😀 job!", "Great job!"),
        Case("✅ Done 👩‍🚀👍🏽 🇩🇪 now 1️⃣", "Done now 1"),
        Case("Sun ☀️ shines ™", "Sun shines ™"),
        Case("می‌خواهم क्‍ष", "می‌خواهم क्‍ष"),
        // Escapes
        Case("A \\*star\\* and C:\\Temp \\", "A *star* and C:\\Temp \\"),
        // Replacements
        Case("AICO is aico, not aicos.", "eye co is eye co, not aicos."),
        Case("Use sql or SQL  Server or SQL server!", "Use sequel or sequel  Server or the Microsoft database!"),
        Case("SQL", "sequel"),
        Case("SQL Serv", "sequel Serv"),
        Case("C++ and C+ and c++.", "C plus plus and C+ and C plus plus."),
        Case("In St. Pauli or St. Paul", "In Sankt Pauli or St. Paul"),
        Case("我用微软的", "我用Microsoft的"),
        Case("**AICO** and [SQL](x) and MySQL", "eye co and sequel and MySQL"),
    ];

    [TestCaseSource(nameof(Cases))]
    public void Makes_text_fit_to_be_spoken(string text, string expected) => Transform([text]).Should().Be(expected);

    [TestCaseSource(nameof(Cases))]
    public void Makes_the_same_of_it_character_by_character(string text, string expected) =>
        Transform(text.Select(c => c.ToString())).Should().Be(expected);

    [TestCaseSource(nameof(Cases))]
    public void Makes_the_same_of_it_from_chunks_of_any_size(string text, string expected)
    {
        var random = new Random(20_26);
        for (var round = 0; round < 50; round++)
        {
            Transform(Chunks.Of(text, random)).Should().Be(expected);
        }
    }

    [Test]
    public void Makes_the_same_of_random_text_whatever_the_chunks()
    {
        var random = new Random(7);
        string[] parts = ["*", "**", "_", "~~", "`", "```", "\n", "\n", " ", " ", "[", "]", "(", ")", "<", ">", "b", "/", "#", "- ", "|", "-", "https://", "www.", "a.b", "SQL", " Server", "😀", "\u200D", "\\", "!", "word", "1", "^", "="];
        for (var round = 0; round < 3_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => parts[random.Next(parts.Length)]));

            var whole = Transform([text]);

            Transform(text.Select(c => c.ToString())).Should().Be(whole, "of {0}", text);
            Transform(Chunks.Of(text, random)).Should().Be(whole, "of {0}", text);
        }
    }

    [TestCase("Hello")]
    [TestCase(" there, my friend.")]
    [TestCase("It is 7:30 — really?")]
    [TestCase("don't \"quote\" (me) at 5 % & more")]
    [TestCase("Grüße aus 北京。")]
    public void Passes_plain_text_at_once_and_without_a_copy(string delta)
    {
        var transform = new SpeechTextTransform(Replacements);
        transform.Push("So. ");

        transform.Push(delta).Should().BeSameAs(delta);
    }

    [TestCase("a **", "a ")]
    [TestCase("see [the do", "see ")]
    [TestCase("use SQ", "use ")]
    [TestCase("use SQLite", "use SQLite")]
    [TestCase("at https://exam", "at ")]
    [TestCase("wow!", "wow")]
    public void Holds_back_only_what_may_still_become_markup(string delta, string passed) =>
        new SpeechTextTransform(Replacements).Push(delta).Should().Be(passed);

    [Test]
    public void Announces_a_code_block_where_an_announcement_is_given()
    {
        var transform = new SpeechTextTransform(Replacements, "Here is some code.");

        var spoken = transform.Push("```\nx = 1\n```\n") + transform.Complete();

        spoken.Should().Be("Here is some code.\n");
    }

    [Test]
    public void Is_as_new_after_an_answer_was_completed()
    {
        var transform = new SpeechTextTransform(Replacements);
        transform.Push("| a | `b\n```\ncode");
        transform.Complete();

        var spoken = transform.Push("# *Next* | answer") + transform.Complete();

        spoken.Should().Be("Next | answer");
    }

    [Test]
    public void Gives_up_on_a_bracket_that_nothing_closes()
    {
        var transform = new SpeechTextTransform(Replacements);

        transform.Push("[" + new string('x', 500)).Should().HaveLength(501);
    }

    private static string Transform(IEnumerable<string> deltas)
    {
        var transform = new SpeechTextTransform(Replacements);
        return string.Concat(deltas.Select(transform.Push)) + transform.Complete();
    }

    private static TestCaseData Case(string text, string expected) => new(text, expected);
}
