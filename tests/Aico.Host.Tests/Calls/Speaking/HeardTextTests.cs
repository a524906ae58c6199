using Aico.Host.Calls.Speaking;

namespace Aico.Host.Tests.Calls.Speaking;

public class HeardTextTests
{
    // Segments are "text/startMs+durationMs", separated by bars; exact ones begin with an equals sign.
    [TestCase("Hello there my friend/0+2100", 0, "")]
    [TestCase("Hello there my friend/0+2100", 499, "")]
    [TestCase("Hello there my friend/0+2100", 500, "Hello")]
    [TestCase("Hello there my friend/0+2100", 1099, "Hello")]
    [TestCase("Hello there my friend/0+2100", 1100, "Hello there")]
    [TestCase("Hello there my friend/0+2100", 2099, "Hello there my")]
    [TestCase("Hello there my friend/0+2100", 2100, "Hello there my friend")]
    [TestCase("Hello there my friend/0+2100", 9999, "Hello there my friend")]
    [TestCase("Hello, you. /0+1200", 500, "Hello,")]
    [TestCase("He said (well) \"no\". /0+2000", 700, "He said")]
    [TestCase("One. /0+500|Two three. /500+1100", 500, "One.")]
    [TestCase("One. /0+500|Two three. /500+1100", 799, "One.")]
    [TestCase("One. /0+500|Two three. /500+1100", 800, "One. Two")]
    [TestCase("One. /0+500|Two three. /500+1100", 5000, "One. Two three.")]
    [TestCase("One. /0+500|Two. /2000+500", 1900, "One.")]
    [TestCase("=Hello. /0+300", 299, "")]
    [TestCase("=Hello. /0+300", 300, "Hello.")]
    [TestCase("=Hel/0+100|=lo /100+100|=you/200+100", 150, "")]
    [TestCase("=Hel/0+100|=lo /100+100|=you/200+100", 200, "Hello")]
    [TestCase("=Hello /0+200|=/200+400|=you/600+100", 550, "Hello")]
    [TestCase("It is 3.14 now/0+1400", 800, "It is")]
    [TestCase("It is 3.14 now/0+1400", 1000, "It is 3.14")]
    [TestCase("We don't know/0+1300", 700, "We")]
    [TestCase("We don't know/0+1300", 800, "We don't")]
    [TestCase("well-known fact/0+1500", 500, "")]
    [TestCase("你好世界/0+400", 200, "你好")]
    [TestCase("你好，世界。/0+600", 250, "你好，")]
    [TestCase("今日はhello/0+800", 350, "今日は")]
    [TestCase("สวัสดี/0+600", 100, "ส")]
    [TestCase("Cafe\u0301 au lait/0+1300", 400, "")]
    [TestCase("Cafe\u0301 au lait/0+1300", 500, "Cafe\u0301")]
    [TestCase("𠀀𠀁𠀂/0+300", 200, "𠀀𠀁")]
    [TestCase("Yes 😀 no/0+700", 600, "Yes")]
    [TestCase("Yes 😀 no/0+700", 700, "Yes 😀 no")]
    [TestCase("", 500, "")]
    public void Cuts_the_answer_at_the_last_word_that_was_played(string segments, int heardMs, string expected) =>
        HeardText.UpTo([.. segments.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(Segment)], TimeSpan.FromMilliseconds(heardMs)).Should().Be(expected);

    [Test]
    public void Hears_more_of_an_answer_the_further_it_was_played()
    {
        SpokenSegment[] segments = [Segment("Good morning, Dr. Smith! /0+1500"), Segment("=It is 7:30, /1500+700"), Segment("你好，time to wake up./2300+2000")];
        var before = "";

        for (var ms = 0; ms <= 4400; ms += 7)
        {
            var heard = HeardText.UpTo(segments, TimeSpan.FromMilliseconds(ms));

            heard.Should().StartWith(before);
            before = heard;
        }

        before.Should().Be("Good morning, Dr. Smith! It is 7:30, 你好，time to wake up.");
    }

    private static SpokenSegment Segment(string written)
    {
        var exact = written.StartsWith('=');
        var slash = written.LastIndexOf('/');
        var times = written[(slash + 1)..].Split('+').Select(ms => TimeSpan.FromMilliseconds(int.Parse(ms, null))).ToArray();
        return new(written[(exact ? 1 : 0)..slash], times[0], times[1], exact);
    }
}
