using Aico.Testing;

namespace Aico.Plugins.Tests.Testing;

public class WordErrorRateTests
{
    [TestCase("he was not an ill disposed young man", "He was not an ill-disposed young man.", 0, 8)]
    [TestCase("he was not an ill disposed young man", "He was not an ill-sposed young man.", 1, 8)]
    [TestCase("one two three", "one three", 1, 3)]
    [TestCase("one three", "one two three", 1, 2)]
    [TestCase("one two three", "", 3, 3)]
    [TestCase("", "thank you", 2, 0)]
    [TestCase("", "", 0, 0)]
    [TestCase("kitchen table", "table kitchen", 2, 2)]
    public void Counts_the_fewest_edits_from_one_text_to_the_other(string said, string heard, int errors, int words)
    {
        WordErrorRate.Between(said, heard).Should().Be(new WordErrorRate(errors, words));
    }

    [Test]
    public void Adds_up_clips_by_their_length()
    {
        var both = new WordErrorRate(1, 1) + new WordErrorRate(0, 9);

        both.Rate.Should().Be(0.1);
        both.ToString().Should().Be("10.0 % (1 of 10 words)");
    }

    [Test]
    public void Words_heard_in_silence_are_an_error_and_none_is_not()
    {
        WordErrorRate.Between("", "thank you").Rate.Should().Be(1);
        WordErrorRate.Between("", " ").Rate.Should().Be(0);
    }

    [TestCase("Don’t, DON'T!", "dont dont")]
    [TestCase("well-known", "well known")]
    [TestCase("at 7:00 or 7:30", "at seven or seven thirty")]
    [TestCase("4579", "four five seven nine")]
    [TestCase("call 007", "call zero zero seven")]
    [TestCase("0 10 42 100 315", "zero ten forty two one hundred three hundred fifteen")]
    [TestCase("1,250 or 2,000,017", "one thousand two hundred fifty or two million seventeen")]
    [TestCase("3.5%", "three point five percent")]
    [TestCase("salt & pepper", "salt and pepper")]
    [TestCase("Mr. and Mrs. Drake", "mister and missus drake")]
    [TestCase("été", "été")]
    public void Compares_what_one_hears(string written, string heard)
    {
        string.Join(' ', SpokenWords.Of(written)).Should().Be(heard);
    }
}
