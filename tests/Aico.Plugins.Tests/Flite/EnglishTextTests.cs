using Aico.Plugins.Flite;

namespace Aico.Plugins.Tests.Flite;

public class EnglishTextTests
{
    [TestCase("Plain text, 100 %.", "Plain text, 100 %.")]
    [TestCase("café naïve Łódź Ångström", "cafe naive Lodz Angstrom")]
    [TestCase("“It’s” – well…", "\"It's\"  -  well...")]
    [TestCase("20 € or 5 °", "20  euros  or 5  degrees ")]
    [TestCase("straße, œuvre", "strasse, oeuvre")]
    [TestCase("tab\tand\nline", "tab and line")]
    [TestCase("cafe\u0301", "cafe")]
    public void Writes_with_ASCII_what_has_a_counterpart(string text, string expected)
    {
        var english = EnglishText.From(text);

        english.Ascii.Should().Be(expected);
        english.HasForeignLetters.Should().BeFalse();
    }

    [Test]
    public void Knows_where_its_characters_came_from()
    {
        var english = EnglishText.From("ß € x");

        english.Ascii.Should().Be("ss  euros  x");
        english.OriginalIndex(english.Ascii.IndexOf('s')).Should().Be(0);
        english.OriginalIndex(english.Ascii.IndexOf('e')).Should().Be(2);
        english.OriginalIndex(english.Ascii.IndexOf('x')).Should().Be(4);
    }

    [TestCase("😀!", false, false)]
    [TestCase("Привет", false, true)]
    [TestCase("日本 and more", true, true)]
    [TestCase("...", false, false)]
    public void Says_what_it_could_not_write(string text, bool hasWords, bool hasForeignLetters)
    {
        var english = EnglishText.From(text);

        english.HasWords.Should().Be(hasWords);
        english.HasForeignLetters.Should().Be(hasForeignLetters);
    }
}
