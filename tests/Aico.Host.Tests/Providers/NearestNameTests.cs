using Aico.Host.Providers;

namespace Aico.Host.Tests.Providers;

public class NearestNameTests
{
    private static readonly string[] _known = ["flite", "espeak", "moonshine", "openai-compatible", "scripted", "silero"];

    [TestCase("fite", "flite")]
    [TestCase("filte", "flite")]
    [TestCase("FLITE", "flite")]
    [TestCase("espaek", "espeak")]
    [TestCase("monshine", "moonshine")]
    [TestCase("openai", "openai-compatible")]
    [TestCase("whisper", null)]
    [TestCase("", null)]
    public void Finds_what_was_probably_meant(string typed, string? meant) => NearestName.Of(typed, _known).Should().Be(meant);

    [TestCase("", "", 0)]
    [TestCase("abc", "", 3)]
    [TestCase("abc", "acb", 1)]
    [TestCase("abc", "abd", 1)]
    [TestCase("abcd", "acd", 1)]
    [TestCase("kitten", "sitting", 3)]
    public void Counts_edits(string left, string right, int distance)
    {
        NearestName.Distance(left, right).Should().Be(distance);
        NearestName.Distance(right, left).Should().Be(distance);
    }

    [Test]
    public void Names_at_most_three_and_the_nearest_first() =>
        NearestName.AllOf("voice", ["voices", "noise", "voice", "vice", "choice"]).Should().Equal("voice", "vice", "voices");
}
