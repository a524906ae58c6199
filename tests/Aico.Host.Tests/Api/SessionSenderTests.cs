using Aico.Abstractions.Plugins;
using Aico.Host.Api.Backend;
using Aico.Host.Calls.Rooms;
using Aico.Testing.Http;
using Aico.Testing.Vendors;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Tests.Api;

/// <summary>Sending sessions to a backend that a test scripts.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SessionSenderTests
{
    // Generous: the bound is for what never comes, not for what comes late.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly RoomCallRegistry _calls = new(TimeProvider.System);
    private readonly SocketsHttpHandler _http = new();
    private LocalHttpServer _backend = null!;

    [SetUp]
    public async Task Start()
    {
        _backend = await LocalHttpServer.StartAsync();
        _backend.Default = LocalResponse.Text(204, "");
    }

    [TearDown]
    public async Task Stop()
    {
        await _backend.DisposeAsync();
        _http.Dispose();
    }

    [Test]
    public async Task Tries_again_where_the_backend_is_away_and_sends_each_once()
    {
        _backend.Enqueue(LocalResponse.Text(503, ""), LocalResponse.Text(401, ""), LocalResponse.Text(500, ""));
        await using (var sender = Sender(new QuickTimers()))
        {
            EndedCalls.End(_calls, "J_1", "acme");
            EndedCalls.End(_calls, "J_2", "acme");
            await _backend.ReceivedAsync(request => request.PathAndQuery.EndsWith("J_2", StringComparison.Ordinal), Bound);
            sender.Lost.Should().Be(0);
        }

        _backend.Requests.Select(request => request.PathAndQuery.Split('/')[^1]).Should().Equal("J_1", "J_1", "J_1", "J_1", "J_2");
        _backend.Requests[0].Should().Match<LocalRequest>(request => request.Method == "PUT" && request.Headers["Authorization"] == "Bearer internal" && request.Body.Contains("Hello."));
    }

    [TestCase(404)]
    [TestCase(400)]
    [TestCase(413)]
    public async Task Gives_up_what_the_backend_refuses_for_good_and_counts_it(int status)
    {
        _backend.Enqueue(LocalResponse.Text(status, ""));
        await using var sender = Sender(new QuickTimers());

        EndedCalls.End(_calls, "J_1", "acme");
        EndedCalls.End(_calls, "J_2", "acme");
        await _backend.ReceivedAsync(request => request.PathAndQuery.EndsWith("J_2", StringComparison.Ordinal), Bound);

        sender.Lost.Should().Be(1);
        _backend.Requests.Should().HaveCount(2);
    }

    [Test]
    public async Task Gives_up_one_that_breaks_the_backend_each_time()
    {
        _backend.Enqueue(Enumerable.Repeat(LocalResponse.Text(500, ""), 5));
        await using var sender = Sender(new QuickTimers());

        EndedCalls.End(_calls, "J_1", "acme");
        EndedCalls.End(_calls, "J_2", "acme");
        await _backend.ReceivedAsync(request => request.PathAndQuery.EndsWith("J_2", StringComparison.Ordinal), Bound);

        sender.Lost.Should().Be(1);
    }

    [Test]
    public async Task Keeps_a_bounded_number_waiting_and_leaves_when_the_host_does()
    {
        _backend.Default = new LocalResponse { End = LocalResponseEnd.Hold };
        var timers = new HeldTimers();
        var sender = Sender(timers);
        EndedCalls.End(_calls, "J_first", "acme");
        await _backend.HeldAsync();

        for (var i = 0; i < SessionSender.Capacity + 3; i++)
        {
            EndedCalls.End(_calls, $"J_{i}", "acme");
        }

        sender.Lost.Should().Be(3, "the oldest that waited");
        var leaving = sender.DisposeAsync().AsTask();
        leaving.IsCompleted.Should().BeFalse();
        timers.Fire(TimeSpan.FromSeconds(5)).Should().BeTrue();
        await leaving;
        sender.Lost.Should().Be(SessionSender.Capacity + 4);
    }

    [Test]
    public async Task Sends_nothing_of_calls_that_never_found_their_organization()
    {
        await using (Sender(new QuickTimers()))
        {
            _calls.HasEnded(_calls.Begin("J_0", "lobby"), Aico.Host.Calls.CallEndReason.CallerLost, null);
            EndedCalls.End(_calls, "J_1", "acme");
        }

        _backend.Requests.Select(request => request.PathAndQuery).Should().Equal("/api/internal/organizations/acme/sessions/J_1");
    }

    private SessionSender Sender(TimeProvider time) => new(
        _calls, new BackendDelivery("sessions", new Uri(_backend.Url), new Secret("internal"), _http, time, NullLogger.Instance), time, NullLogger.Instance);

    /// <summary>Pauses are over as they begin; what guards against waiting for ever never fires.</summary>
    private sealed class QuickTimers : TimeProvider
    {
        // The patience with a request and the farewell; a pause has a chance in it and is neither.
        private static readonly TimeSpan[] Held = [TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5)];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, Held.Contains(dueTime) ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
