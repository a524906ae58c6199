using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Api.Backend;
using Aico.Host.Storage;
using Aico.Host.Tests.Storage;
using Aico.Host.Tests.Storage.Sqlite;
using Aico.Host.Usage;
using Aico.Testing.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Tests.Api.Configuration;

/// <summary>Usage of hosts without a store, kept by the host that has one, and what that one says of spending.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class BackendUsageTests
{
    private static readonly DateTimeOffset Month = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ManualClock _clock = new();
    private readonly SocketsHttpHandler _http = new();
    private ConfigurationApi _api = null!;

    [SetUp]
    public async Task Start()
    {
        _api = await ConfigurationApi.StartAsync(_clock);
        await _api.MakeAsync("acme");
        await _api.MakeAsync("globex");
    }

    [TearDown]
    public async Task Stop()
    {
        await _api.DisposeAsync();
        _http.Dispose();
    }

    [Test]
    public async Task Rows_come_over_whole_each_to_its_organization()
    {
        using var sink = Sink(_api.Address);

        await sink.KeepAsync([Row("acme"), Row("acme") with { Outcome = "failed", Failure = "Timeout", Cost = null, Model = null, Turn = null }, Row("globex") with { ChainPosition = 1 }], CancellationToken.None);

        var acme = (await SumAsync("acme")).Single();
        acme.Should().Be(new UsageSum
        {
            Attempts = 2,
            Errors = 1,
            AudioSeconds = 2.5,
            Characters = 20,
            InputTokens = 200,
            CachedInputTokens = 80,
            OutputTokens = 14,
            Cost = 0.00000015m,
            Unpriced = 1,
            Outcomes = new UsageSplit { Useful = new(1, 0.00000015m), Failed = new(1, 0) },
        });
        (await SumAsync("globex")).Single().Fallbacks.Should().Be(1);
    }

    [Test]
    public void Every_field_of_a_row_survives_the_way()
    {
        var row = Row("acme") with { Failure = "Timeout", FirstResultLatency = TimeSpan.FromMilliseconds(81.25), ChainPosition = 2 };

        UsageWire.Read(JsonNode.Parse(UsageWire.Write([row]).ToJsonString())!.AsObject(), "acme").Should().Equal(row);
    }

    [Test]
    public async Task A_batch_that_is_sent_again_counts_once()
    {
        var body = UsageWire.Write([Row("acme")]).ToJsonString();

        (await PutAsync("acme", "b1", body)).Status.Should().Be(204);
        (await PutAsync("acme", "b1", body)).Status.Should().Be(204);
        (await PutAsync("acme", "b2", body)).Status.Should().Be(204);

        (await SumAsync("acme")).Single().Attempts.Should().Be(2);
    }

    [Test]
    public async Task An_answer_that_is_lost_makes_it_sent_again_under_the_same_id()
    {
        await using var backend = await LocalHttpServer.StartAsync();
        backend.Enqueue(LocalResponse.Text(503, ""), LocalResponse.Text(204, ""));
        using var sink = Sink(new Uri(backend.Url), new AtOnce());

        await sink.KeepAsync([Row("acme")], CancellationToken.None);

        backend.Requests.Should().HaveCount(2);
        backend.Requests.Select(request => request.PathAndQuery).Distinct().Should().ContainSingle().Which.Should().StartWith("/api/internal/organizations/acme/usage/");
    }

    [Test]
    public async Task What_is_sent_later_counts_too()
    {
        using var sink = Sink(_api.Address);

        await sink.KeepAsync([Row("acme")], CancellationToken.None);
        await sink.KeepAsync([Row("acme")], CancellationToken.None);

        (await SumAsync("acme")).Single().Attempts.Should().Be(2);
    }

    [Test]
    public async Task What_the_backend_refuses_is_counted_and_the_rest_is_kept()
    {
        using var sink = Sink(_api.Address);

        var keeping = () => sink.KeepAsync([Row("nobody"), Row("nobody"), Row("acme")], CancellationToken.None).AsTask();

        (await keeping.Should().ThrowAsync<UsageNotKeptException>().WithMessage("*knows no organization \"nobody\"*")).Which.Rows.Should().Be(2);
        (await SumAsync("acme")).Single().Attempts.Should().Be(1);
    }

    [Test]
    public async Task Usage_of_a_former_organization_is_not_its_successor_s()
    {
        var before = Row("later");
        _clock.Now += TimeSpan.FromMinutes(1);
        await _api.MakeAsync("later");

        (await PutAsync("later", "b1", UsageWire.Write([before, before with { At = _clock.Now }]).ToJsonString())).Status.Should().Be(204);

        (await SumAsync("later")).Single().Attempts.Should().Be(1);
    }

    [Test]
    public async Task Rows_that_are_none_are_refused_with_all_that_is_wrong()
    {
        var refused = await PutAsync("acme", "b1", """{"rows":[{"at":"soon","sessionId":1,"kind":"fax","provider":"x","outcome":"good","audioSeconds":-1,"turn":1.5},7]}""");

        refused.IsProblem(400, "invalid-request");
        refused.Errors.Keys.Should().BeEquivalentTo("/rows/0/at", "/rows/0/sessionId", "/rows/0/kind", "/rows/0/outcome", "/rows/0/audioSeconds", "/rows/0/turn", "/rows/1");
        (await PutAsync("acme", "b1", """{"rows":[]}""")).IsProblem(400, "invalid-request");
        (await SumAsync("acme")).Should().BeEmpty();
    }

    [Test]
    public async Task Both_are_for_the_internal_key_alone()
    {
        var key = await _api.KeyAsync("acme");

        (await _api.AskWithAsync(key, "PUT", "/api/internal/organizations/acme/usage/b1", UsageWire.Write([Row("acme")]).ToJsonString())).IsProblem(403, "operator-only");
        (await _api.AskWithAsync(key, "GET", "/api/internal/organizations/acme/spending?month=2026-03")).IsProblem(403, "operator-only");
        (await SumAsync("acme")).Should().BeEmpty();
    }

    [Test]
    public async Task Spending_is_that_of_the_month_on_all_hosts()
    {
        await _api.Store.AddUsageAsync([Row("acme") with { Cost = 1.25m }, Row("acme") with { Cost = 7, At = Month.AddTicks(-1) }, Row("globex") with { Cost = 9 }], CancellationToken.None);
        using var spending = new BackendSpending(_api.Address, new Secret(ConfigurationApi.InternalKey), _http, TimeProvider.System);

        (await spending.SpentAsync("acme", Month, CancellationToken.None)).Should().Be(1.25m);
        (await spending.SpentAsync("acme", Month.AddMonths(1), CancellationToken.None)).Should().Be(0);
        (await _api.AskAsync("GET", "/api/internal/organizations/acme/spending?month=March", organization: null)).IsProblem(400, "invalid-request");
    }

    [Test]
    public async Task Spending_that_nobody_tells_is_unknown()
    {
        await using var backend = await LocalHttpServer.StartAsync();
        backend.Enqueue(LocalResponse.Text(401, ""), LocalResponse.Text(200, """{"costs":1}"""), LocalResponse.Text(200, "<html>"));
        using var spending = new BackendSpending(new Uri(backend.Url), new Secret("internal"), _http, TimeProvider.System);
        var asking = () => spending.SpentAsync("acme", Month, CancellationToken.None).AsTask();

        await asking.Should().ThrowAsync<SpendingUnknownException>().WithMessage("*status 401*");
        await asking.Should().ThrowAsync<SpendingUnknownException>().WithMessage("*another version*");
        await asking.Should().ThrowAsync<SpendingUnknownException>().WithMessage("*no JSON*");
    }

    private BackendUsage Sink(Uri backend, TimeProvider? time = null) =>
        new(new BackendDelivery("usage", backend, new Secret(ConfigurationApi.InternalKey), _http, time ?? TimeProvider.System, NullLogger.Instance));

    private Task<ApiAnswer> PutAsync(string organization, string batch, string body) =>
        _api.AskAsync("PUT", $"/api/internal/organizations/{organization}/usage/{batch}", body, organization: null);

    private ValueTask<IReadOnlyList<UsageSum>> SumAsync(string organization) =>
        _api.Store.SumUsageAsync(organization, Month, Month.AddMonths(1), UsageGrouping.None, CancellationToken.None);

    private UsageRow Row(string organization) => StoreUsageTests<SqliteSubject>.Row(_clock.Now) with { OrganizationId = organization };

    /// <summary>Pauses are over as they begin; the patience with an answer never ends.</summary>
    private sealed class AtOnce : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime == TimeSpan.FromSeconds(10) ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
