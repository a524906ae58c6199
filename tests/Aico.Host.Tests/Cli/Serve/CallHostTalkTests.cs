using System.IO.Pipelines;
using System.Text;
using Aico.Host.Cli.Serve.CallHosts;
using Aico.Host.Tests.Api.Configuration;

namespace Aico.Host.Tests.Cli.Serve;

/// <summary>What supervisor and call host say to each other.</summary>
public class CallHostTalkTests
{
    // Generous: the bound is for what never comes, not for what comes late.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    [Test]
    public async Task Orders_drain_then_stop_and_their_end_tells_that_the_supervisor_is_dead()
    {
        var pipe = new Pipe();
        using var orders = new CallHostOrders(new StreamReader(pipe.Reader.AsStream()));

        await pipe.Writer.WriteAsync("drain\n"u8.ToArray());
        await CancelledAsync(orders.Drain);
        orders.Stop.IsCancellationRequested.Should().BeFalse();
        await pipe.Writer.WriteAsync("stop\n"u8.ToArray());
        await CancelledAsync(orders.Stop);
        orders.Orphaned.IsCancellationRequested.Should().BeFalse();
        await pipe.Writer.CompleteAsync();
        await CancelledAsync(orders.Orphaned);
    }

    [Test]
    public async Task A_supervisor_that_dies_without_a_word_drains_its_call_hosts()
    {
        using var orders = new CallHostOrders(new StringReader(""));

        await CancelledAsync(orders.Orphaned);
        await CancelledAsync(orders.Drain);
        orders.Stop.IsCancellationRequested.Should().BeFalse("callers are told goodbye");
    }

    [Test]
    public void Lines_come_out_with_the_number_of_their_call_host()
    {
        var (output, log) = (new StringWriter(new StringBuilder()), new CollectedLog());

        new CallHostLines(output, isJson: false, log).Output(2, "2026-11-23T00:00:00Z info: Ready");
        new CallHostLines(output, isJson: true, log).Output(2, "{\"Message\":\"Ready\"}");
        new CallHostLines(output, isJson: true, log).Output(2, "not of the log");
        new CallHostLines(output, isJson: false, log).Error(3, "Segmentation fault");

        output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Should()
            .Equal("[call host 2] 2026-11-23T00:00:00Z info: Ready", "{\"CallHost\":2,\"Message\":\"Ready\"}");
        log.Text.Should().Contain("Call host 2: not of the log").And.Contain("Call host 3: Segmentation fault");
    }

    private static async Task CancelledAsync(CancellationToken token)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = token.Register(cancelled.SetResult);
        await cancelled.Task.WaitAsync(Bound, TimeProvider.System, CancellationToken.None);
    }
}
