using Aico.Abstractions.Plugins;
using Aico.Host.Calls.Agents;
using Aico.Host.Organizations.Agents;
using Aico.Host.Organizations.Resolution;
using Aico.Host.Storage;
using Aico.Host.Tests.Api.Configuration;
using Aico.Host.Tests.Organizations;
using Aico.Host.Tests.Storage;
using Aico.Host.Tests.Storage.Sqlite;
using Aico.Host.Usage;
using Aico.Host.Usage.Prices;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Tests.Usage;

internal sealed class BudgetsTests
{
    private static readonly BudgetProfile Steps = new() { MonthlyUsd = 10, WarnAt = 0.5, CheaperAt = 0.8, BlockAt = 1 };

    private SqliteSubject _subject = null!;
    private ManualClock _clock = null!;
    private IStore _real = null!;
    private IStore _store = null!;
    private CountedStore _script = null!;
    private CollectedLog _log = null!;
    private ILoggerFactory _loggers = null!;
    private Budgets _budgets = null!;

    [SetUp]
    public async Task SetUp()
    {
        (_subject, _clock, _log) = (new SqliteSubject(), new ManualClock(), new CollectedLog());
        _real = await _subject.OpenAsync(_clock);
        (_store, _script) = CountedStore.Of(_real);
        _loggers = LoggerFactory.Create(builder => builder.AddProvider(_log));
        _budgets = Make(PriceTable.Empty);
    }

    [TearDown]
    public async Task TearDown()
    {
        _loggers.Dispose();
        await _real.DisposeAsync();
        _subject.Dispose();
    }

    [TestCase(4.99, BudgetAction.None)]
    [TestCase(5, BudgetAction.Warn)]
    [TestCase(8, BudgetAction.Cheaper)]
    [TestCase(10, BudgetAction.Block)]
    public async Task Does_what_the_share_that_is_spent_asks_for(double dollars, BudgetAction action)
    {
        await SpendAsync((decimal)dollars, _clock.Now);
        await SpendAsync(100, new DateTimeOffset(2026, 2, 28, 23, 59, 59, TimeSpan.Zero));
        await SpendAsync(100, _clock.Now, "globex");

        (await StateAsync(Steps)).Should().Be(new BudgetState(action, (decimal)dollars, 10));
    }

    [Test]
    public async Task Only_warns_where_no_more_is_asked_for_and_asks_nothing_where_there_is_no_budget()
    {
        await SpendAsync(100, _clock.Now);

        (await StateAsync(new BudgetProfile { MonthlyUsd = 10 }))!.Action.Should().Be(BudgetAction.Warn);
        var calls = _script.Calls;
        (await StateAsync(new BudgetProfile())).Should().BeNull();
        _script.Calls.Should().Be(calls);
    }

    [Test]
    public async Task Reads_the_spending_once_in_half_a_minute()
    {
        await StateAsync(Steps);
        await SpendAsync(9, _clock.Now);
        _clock.Advance(TimeSpan.FromSeconds(29));
        (await StateAsync(Steps))!.Action.Should().Be(BudgetAction.None);
        _script.Calls.Should().Be(1);

        _clock.Advance(TimeSpan.FromSeconds(1));
        (await StateAsync(Steps))!.Action.Should().Be(BudgetAction.Cheaper);
        _script.Calls.Should().Be(2);
    }

    [Test]
    public async Task Begins_anew_with_the_month_at_once()
    {
        _clock.Now = new DateTimeOffset(2026, 3, 31, 23, 59, 50, TimeSpan.Zero);
        await SpendAsync(20, _clock.Now);
        (await StateAsync(Steps))!.Action.Should().Be(BudgetAction.Block);

        _clock.Advance(TimeSpan.FromSeconds(10));

        (await StateAsync(Steps))!.Should().Be(new BudgetState(BudgetAction.None, 0, 10));
    }

    [Test]
    public async Task Logs_each_step_once_in_a_month()
    {
        await SpendAsync(6, _clock.Now);
        await StateAsync(Steps);
        await StateAsync(Steps);
        await SpendAsync(3, _clock.Now);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await StateAsync(Steps);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await StateAsync(Steps);

        _log.Text.Split('\n').Should().HaveCount(2).And.OnlyContain(line => line.StartsWith("acme: "));
        _log.Text.Should().Contain("6.00 of this month's 10.00 US dollars").And.Contain("9.00 of this month's 10.00 US dollars").And.Contain("cheapest providers first");
    }

    [Test]
    public async Task Lets_calls_go_on_where_the_spending_cannot_be_read()
    {
        await SpendAsync(100, _clock.Now);
        _script.IsBroken = true;

        (await StateAsync(Steps)).Should().BeNull();
        _log.Text.Should().Contain("its budget is not looked at");
    }

    [Test]
    public async Task Goes_by_what_was_known_last_where_the_spending_cannot_be_read_any_more()
    {
        await SpendAsync(9, _clock.Now);
        await StateAsync(Steps);
        _script.IsBroken = true;
        _clock.Advance(TimeSpan.FromMinutes(1));

        (await StateAsync(Steps)).Should().Be(new BudgetState(BudgetAction.Cheaper, 9, 10));
        _log.Text.Should().Contain("held against what was known last");
        var calls = _script.Calls;
        await StateAsync(Steps);
        _script.Calls.Should().Be(calls, "a call does not wait for what failed a moment ago");
    }

    [Test]
    public void Compares_providers_by_what_an_answer_costs_with_their_models()
    {
        var budgets = Make(new PriceTable([Price("alpha-llm", "big", 2), Price("alpha-llm", "small", 1), Price("alpha-tts", null, 3)]));
        var catalog = new SampleProviders().Catalog;
        decimal? Cost(string key, string settings) => budgets.TypicalCost(new ResolvedProvider
        {
            Definition = catalog.Find(key)!,
            Settings = (System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse(settings)!,
            Secrets = new Dictionary<string, Secret>(),
            Priority = 1,
            Origin = default,
            Origins = new Dictionary<string, Host.Organizations.Documents.ConfigurationOrigin>(),
            Revision = 1,
        });

        Cost("alpha-llm", """{"model":"big"}""").Should().Be(2);
        Cost("alpha-llm", """{"model":"small"}""").Should().Be(1);
        Cost("alpha-tts", "{}").Should().Be(3);
        Cost("beta-llm", """{"model":"big"}""").Should().BeNull();
    }

    private static Price Price(string provider, string? model, decimal dollars) =>
        new() { Provider = provider, Model = model, ValidFrom = new(2026, 1, 1), Units = [new UnitPrice(PriceUnit.Request, dollars, 1)], Source = "a test" };

    private Budgets Make(PriceTable table) => new(new StoredSpending(_store), new Pricing(table, _ => null), _clock, _loggers.CreateLogger<Budgets>());

    private ValueTask<BudgetState?> StateAsync(BudgetProfile budget) => _budgets.StateAsync("acme", budget, CancellationToken.None);

    private ValueTask SpendAsync(decimal dollars, DateTimeOffset at, string organization = "acme") =>
        _real.AddUsageAsync([StoreUsageTests<SqliteSubject>.Row(at) with { OrganizationId = organization, Cost = dollars }], CancellationToken.None);
}
