using System.Globalization;
using Aico.Host.Cli.Serve;
using Aico.Host.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Tests.Cli.Serve;

[Platform(Exclude = "Win")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class ServiceManagerTests
{
    private readonly ManualClock _clock = new();
    private readonly Dictionary<string, string> _variables = [];

    [TestCase(false)]
    [TestCase(true)]
    public async Task Tells_that_it_serves_reloads_and_stops(bool isAbstract)
    {
        using var socket = new NotifySocket(isAbstract);
        using var manager = Open(socket);
        var isDone = false;

        manager.Ready(null);
        manager.Reload(() => isDone = true);
        manager.Stopping(TimeSpan.FromSeconds(90));

        (await socket.NextAsync()).Should().Be("READY=1\nSTATUS=Serving the API; takes no calls");
        (await socket.NextAsync()).Split('\n').Should().HaveCount(3).And.StartWith("RELOADING=1").And.Contain(line => line.StartsWith("MONOTONIC_USEC=", StringComparison.Ordinal));
        isDone.Should().BeTrue();
        (await socket.NextAsync()).Should().StartWith("READY=1\n");
        (await socket.NextAsync()).Should().Be("STOPPING=1\nEXTEND_TIMEOUT_USEC=90000000\nSTATUS=Stopping");
    }

    [Test]
    public async Task Is_not_ready_again_after_a_reload_that_a_stop_overtook()
    {
        using var socket = new NotifySocket();
        using var manager = Open(socket);

        manager.Reload(() => manager.Stopping(TimeSpan.Zero));

        await socket.NextAsync();
        await socket.NextAsync();
        (await socket.NextAsync()).Should().Be("STATUS=Stopping");
    }

    [Test]
    public async Task Feeds_the_watchdog_at_half_its_time_from_when_it_serves()
    {
        using var socket = new NotifySocket();
        _variables["WATCHDOG_USEC"] = "30000000";
        _variables["WATCHDOG_PID"] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        using var manager = Open(socket);

        _clock.Advance(TimeSpan.FromSeconds(60));
        socket.HasMore.Should().BeFalse("a host that starts is bounded by TimeoutStartSec");
        manager.Ready(null);
        await socket.UntilAsync("READY=1");
        _clock.Advance(TimeSpan.FromSeconds(14.9));
        socket.HasMore.Should().BeFalse();
        _clock.Advance(TimeSpan.FromSeconds(0.1));

        (await socket.NextAsync()).Should().Be("WATCHDOG=1");
    }

    [Test]
    public async Task Leaves_the_watchdog_of_another_process_alone()
    {
        using var socket = new NotifySocket();
        _variables["WATCHDOG_USEC"] = "30000000";
        _variables["WATCHDOG_PID"] = "1";
        using var manager = Open(socket);

        manager.Ready(null);
        _clock.Advance(TimeSpan.FromMinutes(5));

        await socket.UntilAsync("READY=1");
        socket.HasMore.Should().BeFalse();
    }

    [Test]
    public void Serves_on_where_nobody_listens()
    {
        var folder = Directory.CreateTempSubdirectory("aico-notify-");
        _variables["NOTIFY_SOCKET"] = Path.Combine(folder.FullName, "nobody");
        using var manager = new ServiceManager(_variables.GetValueOrDefault, _clock, NullLogger.Instance);

        FluentActions.Invoking(() => manager.Ready(null)).Should().NotThrow();
        folder.Delete(recursive: true);
    }

    [Test]
    public void Reloads_where_there_is_no_service_manager()
    {
        using var manager = new ServiceManager(_variables.GetValueOrDefault, _clock, NullLogger.Instance);
        var isDone = false;

        manager.Reload(() => isDone = true);

        isDone.Should().BeTrue();
    }

    private ServiceManager Open(NotifySocket socket)
    {
        _variables["NOTIFY_SOCKET"] = socket.Path;
        return new ServiceManager(_variables.GetValueOrDefault, _clock, NullLogger.Instance);
    }
}
