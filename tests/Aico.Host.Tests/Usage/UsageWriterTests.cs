using Aico.Host.Storage;
using Aico.Host.Tests.Api.Configuration;
using Aico.Host.Tests.Storage;
using Aico.Host.Tests.Storage.Sqlite;
using Aico.Host.Usage;
using Aico.Testing.Vendors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Tests.Usage;

internal sealed class UsageWriterTests
{
    private KeptUsage _sink = null!;

    [SetUp]
    public void SetUp() => _sink = new KeptUsage();

    [Test]
    public async Task Writes_what_is_waiting_before_it_is_gone()
    {
        _sink.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writer = new UsageWriter(_sink, TimeProvider.System, NullLogger<UsageWriter>.Instance);
        writer.Post([Row("first")]);
        await _sink.Entered.Task;
        writer.Post([Row("second"), Row("third")]);
        writer.Post([Row("fourth")]);

        var disposing = writer.DisposeAsync();
        _sink.Gate.SetResult();
        await disposing;

        _sink.Rows.Select(row => row.SessionId).Should().Equal("first", "second", "third", "fourth");
        _sink.Calls.Should().Equal([1, 3], "what waits shares a transaction");
        writer.Lost.Should().Be(0);
    }

    [Test]
    public async Task Counts_and_tells_of_rows_that_are_not_taken_and_goes_on()
    {
        var log = new CollectedLog();
        using var loggers = LoggerFactory.Create(builder => builder.AddProvider(log));
        _sink.Failures.Enqueue(new UsageNotKeptException("The disk is full.", new IOException()));
        var writer = new UsageWriter(_sink, TimeProvider.System, loggers.CreateLogger<UsageWriter>());
        _sink.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        writer.Post([Row("lost"), Row("lost too")]);
        await _sink.Entered.Task;
        writer.Post([Row("kept")]);
        _sink.Gate.SetResult();
        await writer.DisposeAsync();
        writer.Post([Row("late")]);

        _sink.Rows.Select(row => row.SessionId).Should().Equal("kept");
        writer.Lost.Should().Be(3);
        log.Text.Should().Contain("2 rows of usage are not kept: The disk is full. (2 since the start)").And.Contain("(3 since the start)");
    }

    [Test]
    public async Task Gives_up_the_oldest_where_nothing_is_written_any_more()
    {
        _sink.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writer = new UsageWriter(_sink, TimeProvider.System, NullLogger<UsageWriter>.Instance);
        writer.Post([Row("first")]);
        await _sink.Entered.Task;
        for (var i = 0; i < 2_010; i++)
        {
            writer.Post([Row($"{i}")]);
        }

        _sink.Gate.SetResult();
        await writer.DisposeAsync();

        writer.Lost.Should().Be(10);
        _sink.Rows.Select(row => row.SessionId).Take(2).Should().Equal("first", "10");
        _sink.Calls.Should().OnlyContain(rows => rows <= 500);
    }

    [Test]
    public async Task A_store_that_fails_does_not_keep_the_rows()
    {
        using var subject = new SqliteSubject();
        await using var real = await subject.OpenAsync(new ManualClock());
        var (store, script) = CountedStore.Of(real);
        var sink = new StoredUsage(store);
        await sink.KeepAsync([Row("there")], CancellationToken.None);
        script.IsBroken = true;

        await FluentActions.Awaiting(() => sink.KeepAsync([Row("gone")], CancellationToken.None).AsTask()).Should().ThrowAsync<UsageNotKeptException>().WithMessage("The disk is full.");
        (await real.SumUsageAsync("acme", ManualClock.Start, ManualClock.Start.AddDays(1), UsageGrouping.None, CancellationToken.None)).Single().Attempts.Should().Be(1);
    }

    [Test]
    public async Task Holds_up_the_end_of_the_host_for_a_while_only()
    {
        var timers = new HeldTimers();
        var writer = new UsageWriter(new EndlessUsage(), timers, NullLogger<UsageWriter>.Instance);
        writer.Post([Row("waits"), Row("waits too")]);

        var leaving = writer.DisposeAsync().AsTask();
        leaving.IsCompleted.Should().BeFalse();
        timers.Fire(TimeSpan.FromSeconds(5)).Should().BeTrue();
        await leaving;

        writer.Lost.Should().Be(2);
    }

    private static UsageRow Row(string session) => StoreUsageTests<SqliteSubject>.Row(ManualClock.Start) with { SessionId = session };

    private sealed class EndlessUsage : IUsageSink
    {
        public async ValueTask KeepAsync(IReadOnlyList<UsageRow> rows, CancellationToken ct) => await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
    }
}
