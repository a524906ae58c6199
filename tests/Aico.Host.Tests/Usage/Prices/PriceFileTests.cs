using System.Text;
using Aico.Abstractions.Plugins;
using Aico.Host.Storage;
using Aico.Host.Usage.Prices;
using Aico.Testing;

namespace Aico.Host.Tests.Usage.Prices;

internal sealed class PriceFileTests
{
    private static readonly string Shipped = Path.Combine(TestPaths.Repository, "config", "prices.json");

    [TestCase("stt", "deepgram", "nova-3", 0.0048)]
    [TestCase("stt", "whisper", "whisper-large-v3-turbo", 0.0006666666666666666667)]
    [TestCase("tts", "cartesia", "sonic-3.5", 0.05)]
    [TestCase("tts", "elevenlabs", "eleven_flash_v2_5", 0.05)]
    [TestCase("llm", "anthropic", "claude-haiku-5-5", 0.0006)]
    [TestCase("llm", "groq", "openai/gpt-oss-20b", 0.000375)]
    public void The_shipped_table_knows_what_a_minute_or_a_thousand_costs(string kind, string provider, string model, double dollars)
    {
        var row = Row(kind, provider, model) with { AudioSeconds = 60, Characters = 1_000, InputTokens = 1_000, OutputTokens = 1_000 };

        PriceFile.Read(Shipped).Find(row, ProviderHosting.Cloud)!.CostOf(row).Should().BeApproximately((decimal)dollars, 0.000000001m);
    }

    [Test]
    public void The_shipped_table_takes_ten_seconds_for_less_and_nothing_for_what_runs_here()
    {
        var table = PriceFile.Read(Shipped);
        var short_ = Row("stt", "whisper", "whisper-large-v3") with { AudioSeconds = 2 };

        table.Find(short_, ProviderHosting.Local)!.CostOf(short_).Should().BeApproximately(0.111m / 360, 0.000000001m);
        table.Find(Row("stt", "moonshine", null), ProviderHosting.BuiltIn)!.CostOf(Row("stt", "moonshine", null)).Should().Be(0);
        table.Find(Row("llm", "azure-openai", "my-deployment"), ProviderHosting.Cloud).Should().BeNull();
        table.Prices.Should().OnlyContain(price => price.Source.Length > 10);
    }

    [TestCase("""{"currency":"EUR","prices":[]}""", 1, "/currency: It is \"USD\"")]
    [TestCase("""{"prices":[]}""", 1, "It needs \"currency\"")]
    [TestCase("""{"currency":"USD"}""", 1, "It needs \"prices\", a list")]
    [TestCase("""[]""", 1, "It is an object")]
    [TestCase("{\"currency\":\"USD\",\n\"prices\":[\n1]}", 3, "/prices/0: It is an object")]
    [TestCase("{\"currency\":\"USD\",\n\"prizes\":[]}", 2, "did you mean \"prices\"?")]
    [TestCase("{\"currency\":\"USD\",\n\"prices\":[}", 2, "This is no JSON")]
    public void Says_where_the_table_is_wrong(string text, int line, string message)
    {
        Errors(text).Should().Contain(error => error.StartsWith($"prices.json({line},", StringComparison.Ordinal) && error.Contains(message, StringComparison.Ordinal));
    }

    [TestCase("\"kind\": \"sst\"", "/prices/0/kind: It is one of stt, tts, llm, vad.")]
    [TestCase("\"model\": 3", "/prices/0/model: It is a text.")]
    [TestCase("\"validFrom\": \"22.11.2026\"", "/prices/0/validFrom: It is a day such as 2026-11-22.")]
    [TestCase("\"validUntil\": \"2026-01-01\"", "/prices/0/validUntil: It lies before \"validFrom\".")]
    [TestCase("\"hosting\": [\"local\"]", "/prices/0: It has \"provider\", a provider's key, or \"hosting\", some of builtIn, local, cloud; not both.")]
    [TestCase("\"hosting\": [\"moon\"]", "/prices/0/hosting: It is a list of builtIn, local, cloud.")]
    [TestCase("\"units\": []", "/prices/0/units: It names at least one unit; what is free has {\"unit\": \"request\", \"usd\": 0}.")]
    [TestCase("\"units\": [{\"unit\": \"minute\", \"usd\": 1}]", "/prices/0/units/0/unit: It is one of request, audio_second, character, credit, input_token, cached_input_token, output_token.")]
    [TestCase("\"units\": [{\"unit\": \"request\"}]", "/prices/0/units/0: It needs \"usd\".")]
    [TestCase("\"units\": [{\"usd\": 1}]", "/prices/0/units/0: It needs \"unit\".")]
    [TestCase("\"units\": [{\"unit\": \"request\", \"usd\": -1}]", "/prices/0/units/0/usd: It is a number, 0 or more.")]
    [TestCase("\"units\": [{\"unit\": \"request\", \"usd\": 1, \"per\": 0}]", "/prices/0/units/0/per: It is a number above 0.")]
    [TestCase("\"units\": [{\"unit\": \"request\", \"usd\": 1, \"creditsPerCharacter\": 2}]", "Only the unit \"credit\" has it.")]
    [TestCase("\"source\": \"\"", "/prices/0/source: It is a text.")]
    [TestCase("\"vendor\": \"x\"", "/prices/0/vendor: There is no such member")]
    public void Says_what_is_wrong_with_a_price(string member, string message)
    {
        var members = new Dictionary<string, string>
        {
            ["provider"] = "\"provider\": \"p\"",
            ["validFrom"] = "\"validFrom\": \"2026-11-22\"",
            ["units"] = "\"units\": [{\"unit\": \"request\", \"usd\": 1}]",
            ["source"] = "\"source\": \"s\"",
        };
        members[member.Split('"')[1]] = member;

        Errors($"{{\"currency\": \"USD\", \"prices\": [{{\n{string.Join(",\n", members.Values)}}}]}}").Should().ContainSingle().Which.Should().StartWith("prices.json(").And.Contain(message);
    }

    [Test]
    public void Says_where_one_thing_has_two_prices()
    {
        const string Price = """{"provider": "p", "validFrom": "2026-11-22", "units": [{"unit": "request", "usd": 1}], "source": "s"}""";

        Errors($$"""{"currency": "USD", "prices": [{{Price}}, {{Price}}]}""").Should().ContainSingle().Which.Should().Contain("/prices/1: It is for the same and from the same day as /prices/0");
    }

    [Test]
    public void The_operators_own_table_takes_the_place_of_the_shipped_one()
    {
        var folder = Directory.CreateTempSubdirectory("aico-prices-");
        try
        {
            var shipped = Path.Combine(Directory.CreateDirectory(Path.Combine(folder.FullName, "config")).FullName, "prices.json");
            var own = Path.Combine(folder.FullName, "own.json");
            string? Find(string? named) => PriceFile.Find(named is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["AICO_PRICES"] = named }, folder.FullName);

            Find(null).Should().BeNull();
            File.WriteAllText(shipped, "{}");
            Find(null).Should().Be(shipped);
            FluentActions.Invoking(() => Find(own)).Should().Throw<PriceFileException>().WithMessage($"{own}: There is no such file, and AICO_PRICES names it.");
            File.WriteAllText(own, "{}");
            Find(own).Should().Be(own);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string[] Errors(string text)
    {
        var parse = FluentActions.Invoking(() => PriceFile.Parse("prices.json", Encoding.UTF8.GetBytes(text)));
        return parse.Should().Throw<PriceFileException>().Which.Message.Split(Environment.NewLine);
    }

    private static UsageRow Row(string kind, string provider, string? model) => new()
    {
        OrganizationId = "acme",
        At = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero),
        SessionId = "s",
        Kind = kind,
        Provider = provider,
        Model = model,
        Outcome = "useful",
    };
}
