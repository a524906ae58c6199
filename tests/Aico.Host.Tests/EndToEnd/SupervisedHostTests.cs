using Aico.Host.Tests.Cli.Agents;
using Aico.Host.Tests.Cli.Serve;
using Aico.Host.Tests.EndToEnd.Rooms;

namespace Aico.Host.Tests.EndToEnd;

/// <summary>The assembled program under a service manager: one process, from its start to its end.</summary>
[Platform(Exclude = "Win")]
internal sealed class SupervisedHostTests
{
    [Test]
    public async Task Tells_its_service_manager_that_it_serves_reloads_and_stops()
    {
        if (IgnoresHangUps())
        {
            Assert.Ignore("This run ignores SIGHUP, as under nohup, and so does every process that it starts.");
        }

        using var socket = new NotifySocket();
        using var files = new TemporaryFiles();
        var environment = files.Write("aico.env", "STT_MODEL=one\nAICO_DATADIR=s3cret\n");
        await using var aico = await ServingAico.StartAsync(
            null, new() { ["NOTIFY_SOCKET"] = socket.Path, ["WATCHDOG_USEC"] = "1000000" }, "--role", "api", "--env-file", environment);

        await socket.UntilAsync("READY=1");
        await socket.UntilAsync("WATCHDOG=1");
        files.Write("aico.env", "STT_MODEL=two\nAICO_INTERNAL_API_KEYS=s3cret\n");
        await aico.SignalAsync("HUP");
        await socket.UntilAsync("RELOADING=1");
        await socket.UntilAsync("READY=1");
        await aico.SignalAsync("TERM");
        (await socket.UntilAsync("STOPPING=1")).Should().Contain("EXTEND_TIMEOUT_USEC=");

        (await aico.ExitCodeAsync()).Should().Be(0, "{0}", aico.Log);
        aico.Log.Should().Contain("The variable AICO_DATADIR is set, and AICO does not read it; did you mean AICO_DATA_DIR?")
            .And.Contain("Variables that have changed, for calls from now on: STT_MODEL")
            .And.Contain("Variables that have changed and count from the next start on: AICO_DATADIR, AICO_INTERNAL_API_KEYS")
            .And.NotContain("NOTIFY_SOCKET").And.NotContain("s3cret");
    }

    // proc(5): a mask of signals in hexadecimal, SIGHUP its lowest bit. Other systems do not tell.
    private static bool IgnoresHangUps() =>
        OperatingSystem.IsLinux() && File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))[^1] is '1' or '3' or '5' or '7' or '9' or 'b' or 'd' or 'f';
}
