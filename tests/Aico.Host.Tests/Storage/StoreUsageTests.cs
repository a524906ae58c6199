using Aico.Host.Storage;
using Aico.Host.Tests.Storage.Sqlite;

namespace Aico.Host.Tests.Storage;

[TestFixture(typeof(SqliteSubject))]
internal sealed class StoreUsageTests<TSubject> : StoreFixture<TSubject> where TSubject : IStoreSubject, new()
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    public static UsageRow Row(DateTimeOffset at) => new()
    {
        OrganizationId = "acme",
        At = at,
        SessionId = "s",
        Turn = 3,
        Kind = "llm",
        Provider = "groq",
        Model = "llama",
        Outcome = "useful",
        ConnectLatency = TimeSpan.FromMilliseconds(12.5),
        AudioSeconds = 1.25,
        Characters = 10,
        InputTokens = 100,
        CachedInputTokens = 40,
        OutputTokens = 7,
        Cost = 0.00000015m,
    };

    [Test]
    public async Task Sums_everything_of_an_organization_in_a_time()
    {
        await Store.AddUsageAsync(
            [
                Row(Midnight), Row(Midnight) with { Outcome = "failed", Failure = "Unavailable", Cost = null },
                Row(Midnight) with { ChainPosition = 1 }, Row(Midnight) with { OrganizationId = "globex" },
                Row(Midnight.AddMilliseconds(-1)), Row(Midnight.AddDays(1)),
            ],
            default);

        (await SumAsync(UsageGrouping.None)).Should().Equal(new UsageSum
        {
            Attempts = 3,
            Errors = 1,
            Fallbacks = 1,
            AudioSeconds = 3.75,
            Characters = 30,
            InputTokens = 300,
            CachedInputTokens = 120,
            OutputTokens = 21,
            Cost = 0.0000003m,
            Unpriced = 1,
            Outcomes = new UsageSplit { Useful = new(2, 0.0000003m), Failed = new(1, 0) },
        });
    }

    [Test]
    public async Task Sums_by_what_is_asked_for()
    {
        await Store.AddUsageAsync(
            [
                Row(Midnight), Row(Midnight.AddHours(23)), Row(Midnight) with { Model = "qwen" },
                Row(Midnight) with { Kind = "tts", Provider = "flite", Model = null }, Row(Midnight.AddMilliseconds(-1)),
            ],
            default);

        (await SumAsync(UsageGrouping.Day, -1)).Select(sum => (sum.Day, sum.Kind, sum.Provider, sum.Model, sum.Attempts)).Should().Equal(
            (new DateOnly(2026, 3, 1), null, null, null, 1), (new DateOnly(2026, 3, 2), null, null, null, 4));
        (await SumAsync(UsageGrouping.Provider)).Select(sum => (sum.Day, sum.Kind, sum.Provider, sum.Model, sum.Attempts)).Should().Equal(
            (null, "llm", "groq", null, 3), (null, "tts", "flite", null, 1));
        (await SumAsync(UsageGrouping.Day | UsageGrouping.Provider | UsageGrouping.Model)).Select(sum => (sum.Provider, sum.Model, sum.Attempts)).Should().Equal(
            ("groq", "llama", 2), ("groq", "qwen", 1), ("flite", null, 1));
    }

    [Test]
    public async Task Splits_by_what_attempts_were_good_for()
    {
        await Store.AddUsageAsync(
            [
                Row(Midnight), Row(Midnight) with { Outcome = "cancelled", Cost = 2 }, Row(Midnight) with { Outcome = "speculative", Cost = 3 },
                Row(Midnight) with { Outcome = "speculative", Cost = 4 }, Row(Midnight) with { Outcome = "failed", Cost = 5 }, Row(Midnight) with { Outcome = "probe", Cost = 0 },
            ],
            default);

        (await SumAsync(UsageGrouping.None)).Single().Outcomes.Should().Be(new UsageSplit(new(1, 0.00000015m), new(1, 2), new(2, 7), new(1, 5), new(1, 0)));
        (await SumAsync(UsageGrouping.Outcome)).Select(sum => (sum.Outcome, sum.Attempts, sum.Cost)).Should().Equal(
            ("cancelled", 1, 2), ("failed", 1, 5), ("probe", 1, 0), ("speculative", 2, 7), ("useful", 1, 0.00000015m));
    }

    [TestCase(UsageGrouping.None)]
    [TestCase(UsageGrouping.Day)]
    public async Task Sums_nothing_to_no_row(UsageGrouping grouping)
    {
        (await SumAsync(grouping)).Should().BeEmpty();
    }

    private ValueTask<IReadOnlyList<UsageSum>> SumAsync(UsageGrouping grouping, int firstDay = 0) =>
        Store.SumUsageAsync("acme", Midnight.AddDays(firstDay), Midnight.AddDays(1), grouping, default);
}
