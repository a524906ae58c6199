using Aico.Host.Cli.Serve;

namespace Aico.Host.Tests.Cli.Serve;

public class ReplaceableVariablesTests
{
    [Test]
    public void Takes_what_counts_at_once_keeps_what_does_not_and_names_both()
    {
        var variables = new ReplaceableVariables(new Dictionary<string, string> { ["STT_MODEL"] = "old", ["GONE"] = "x", ["SAME"] = "x", ["AICO_DATA_DIR"] = "old" });

        var changed = variables.Replace(
            new Dictionary<string, string> { ["STT_MODEL"] = "new", ["NEW"] = "x", ["SAME"] = "x", ["AICO_DATA_DIR"] = "new", ["AICO_LATER"] = "x" }, ServeReload.IsFixed);

        changed.Should().Equal("AICO_DATA_DIR", "AICO_LATER", "GONE", "NEW", "STT_MODEL");
        variables.Should().BeEquivalentTo(new Dictionary<string, string> { ["STT_MODEL"] = "new", ["NEW"] = "x", ["SAME"] = "x", ["AICO_DATA_DIR"] = "old" });
    }

    [TestCase("AICO_DATA_DIR", true)]
    [TestCase("LIVEKIT_URL", true)]
    [TestCase("PROVIDER_ENV_FALLBACK", true)]
    [TestCase("TTS_VOICE", true)]
    [TestCase("AICO_PRICES", false)]
    [TestCase("STT_PROVIDER", false)]
    [TestCase("DEEPGRAM_API_KEY", false)]
    [TestCase("ACME_KEY", false)]
    public void Knows_what_counts_from_the_next_start_on(string name, bool isFixed) => ServeReload.IsFixed(name).Should().Be(isFixed);
}
