using Aico.Abstractions.Plugins;
using Aico.Host.Storage;
using Aico.Host.Usage.Prices;

namespace Aico.Host.Tests.Usage.Prices;

internal sealed class PriceTableTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly UsageRow _row = new()
    {
        OrganizationId = "acme",
        At = Noon,
        SessionId = "s",
        Kind = "llm",
        Provider = "vendor",
        Model = "swift-2",
        Outcome = "useful",
        AudioSeconds = 4.5,
        Characters = 200,
        InputTokens = 1_000,
        CachedInputTokens = 400,
        OutputTokens = 10,
    };

    [TestCase(PriceUnit.Request, 3)]
    [TestCase(PriceUnit.AudioSecond, 13.5)]
    [TestCase(PriceUnit.Character, 600)]
    [TestCase(PriceUnit.Credit, 600)]
    [TestCase(PriceUnit.InputToken, 3_000)]
    [TestCase(PriceUnit.CachedInputToken, 1_200)]
    [TestCase(PriceUnit.OutputToken, 30)]
    public void Prices_an_attempt_by(PriceUnit unit, double dollars)
    {
        Cost(Of(new UnitPrice(unit, 6, 2))).Should().Be((decimal)dollars);
    }

    [Test]
    public void Adds_its_units_and_takes_kept_tokens_out_of_the_others_where_they_have_a_price()
    {
        Cost(Of(new UnitPrice(PriceUnit.InputToken, 2, 1_000), new UnitPrice(PriceUnit.CachedInputToken, 1, 1_000), new UnitPrice(PriceUnit.OutputToken, 1, 10)))
            .Should().Be(1.2m + 0.4m + 1);
    }

    [Test]
    public void Counts_credits_by_characters()
    {
        Cost(Of(new UnitPrice(PriceUnit.Credit, 5, 1_000) { CreditsPerCharacter = 1.5m })).Should().Be(1.5m);
    }

    [TestCase(4.5, 10)]
    [TestCase(12, 12)]
    public void Bills_at_least_the_minimum(double seconds, double billed)
    {
        Cost(Of(new UnitPrice(PriceUnit.AudioSecond, 1, 1) { Minimum = 10 }), _row with { AudioSeconds = seconds }).Should().Be((decimal)billed);
    }

    [TestCase(100_000, 0.01)]
    [TestCase(100_001, 0.0500005)]
    public void Takes_the_tier_of_the_prompts_size_for_the_whole_prompt(long tokens, double dollars)
    {
        var price = Of(new UnitPrice(PriceUnit.InputToken, 0.50m, 1_000_000) { AbovePromptTokens = 100_000 }, new UnitPrice(PriceUnit.InputToken, 0.10m, 1_000_000));

        Cost(price, _row with { InputTokens = tokens, CachedInputTokens = 0 }).Should().Be((decimal)dollars);
    }

    [Test]
    public void Knows_the_price_of_the_day_of_the_attempt()
    {
        var table = new PriceTable(
        [
            Of(new UnitPrice(PriceUnit.Request, 1, 1)) with { ValidFrom = new(2026, 11, 1), ValidUntil = new(2026, 11, 21) },
            Of(new UnitPrice(PriceUnit.Request, 2, 1)) with { ValidFrom = new(2026, 11, 22), ValidUntil = new(2026, 11, 23) },
        ]);
        decimal? On(string day) => Cost(table, _row with { At = DateTimeOffset.Parse(day, System.Globalization.CultureInfo.InvariantCulture) });

        On("2026-10-31T23:59:59Z").Should().BeNull();
        On("2026-11-01T00:00:00Z").Should().Be(1);
        On("2026-11-22T00:30:00+01:00").Should().Be(1, "days are those of UTC");
        On("2026-11-22T00:00:00Z").Should().Be(2);
        On("2026-11-23T23:59:59Z").Should().Be(2);
        On("2026-11-24T00:00:00Z").Should().BeNull();
    }

    [Test]
    public void Takes_the_newest_of_prices_that_hold_at_the_same_time()
    {
        Cost(new PriceTable([Of(new UnitPrice(PriceUnit.Request, 2, 1)) with { ValidFrom = new(2026, 10, 1) }, Of(new UnitPrice(PriceUnit.Request, 1, 1))])).Should().Be(2);
    }

    [TestCase("swift-2", true)]
    [TestCase("swift-*", true)]
    [TestCase("*", true)]
    [TestCase("swift", false)]
    [TestCase("*-3", false)]
    public void Finds_models_by_their_names(string pattern, bool isFound)
    {
        var table = new PriceTable([Of(new UnitPrice(PriceUnit.Request, 1, 1)) with { Model = pattern }]);

        Cost(table).HasValue.Should().Be(isFound);
        Cost(table, _row with { Model = null }).Should().BeNull("no model is named");
    }

    [Test]
    public void Takes_the_row_that_says_most()
    {
        Price With(decimal dollars, string? model) => Of(new UnitPrice(PriceUnit.Request, dollars, 1)) with { Model = model };
        var table = new PriceTable([With(1, null), With(2, "swift-*"), With(3, "swift-2"), With(4, "*"), Free()]);

        Cost(table).Should().Be(3);
        Cost(table, _row with { Model = "swift-9" }).Should().Be(2);
        Cost(table, _row with { Model = "other" }).Should().Be(4);
        Cost(table, _row with { Model = null }).Should().Be(1);
    }

    [Test]
    public void Knows_what_runs_on_ones_own_machine_by_where_it_runs()
    {
        var table = new PriceTable([Free()]);

        Cost(table, hosting: ProviderHosting.BuiltIn).Should().Be(0);
        Cost(table, hosting: ProviderHosting.Cloud).Should().BeNull();
        Cost(table, hosting: null).Should().BeNull("nobody knows this provider");
    }

    [TestCase("in this process", ExpectedResult = true)]
    [TestCase("http://localhost:11434", ExpectedResult = true)]
    [TestCase("http://ollama:11434", ExpectedResult = true)]
    [TestCase("ws://10.1.2.3:2700", ExpectedResult = true)]
    [TestCase("http://[fd00::1]:80", ExpectedResult = true)]
    [TestCase("llm.office.lan:443", ExpectedResult = true)]
    [TestCase("https://api.vendor.example", ExpectedResult = false)]
    [TestCase("api.vendor.example:443", ExpectedResult = false)]
    [TestCase("https://203.0.114.7", ExpectedResult = false)]
    [TestCase("https://local.vendor.example", ExpectedResult = false)]
    public bool Takes_a_server_of_the_operator_s_for_free_and_not_a_vendor_s_address(string endpoint) =>
        new Pricing(new PriceTable([Free()]), _ => ProviderHosting.Local).CostOf(_row, endpoint) == 0;

    [Test]
    public void Is_of_one_kind_and_one_provider()
    {
        var table = new PriceTable([Of(new UnitPrice(PriceUnit.Request, 1, 1)) with { Kind = "llm" }]);

        Cost(table).Should().Be(1);
        Cost(table, _row with { Kind = "tts" }).Should().BeNull();
        Cost(table, _row with { Provider = "vendor-2" }).Should().BeNull();
    }

    [Test]
    public void Another_table_counts_from_now_on()
    {
        var pricing = new Pricing(PriceTable.Empty, _ => ProviderHosting.Cloud);
        pricing.CostOf(_row, "in this process").Should().BeNull();

        pricing.Use(new PriceTable([Of(new UnitPrice(PriceUnit.Request, 6, 2))]));

        pricing.CostOf(_row, "in this process").Should().Be(3);
    }

    private static Price Of(params UnitPrice[] units) => new() { Provider = "vendor", ValidFrom = new(2026, 1, 1), Units = units, Source = "a test" };

    private static Price Free() => Of(new UnitPrice(PriceUnit.Request, 0, 1)) with { Provider = null, Hosting = [ProviderHosting.BuiltIn, ProviderHosting.Local] };

    private decimal? Cost(Price price, UsageRow? row = null) => Cost(new PriceTable([price]), row);

    private decimal? Cost(PriceTable table, UsageRow? row = null, ProviderHosting? hosting = ProviderHosting.BuiltIn) =>
        new Pricing(table, key => key.StartsWith("vendor", StringComparison.Ordinal) ? hosting : throw new InvalidOperationException()).CostOf(row ?? _row, "in this process");
}
