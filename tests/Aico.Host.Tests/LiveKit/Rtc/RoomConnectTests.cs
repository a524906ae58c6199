using System.Net;
using System.Net.Sockets;
using Aico.Host.LiveKit.Rooms;
using Aico.Testing.LiveKit;
using FluentAssertions;
using NUnit.Framework;

namespace Aico.Host.Tests.LiveKit.Rtc;

/// <summary>Every failure leaves nothing behind: the handles of the whole process are counted, so no other test may run beside these.</summary>
internal sealed class RoomConnectTests
{
    // The figure is 200; that many take minutes, and the leak of one in ten would show here too.
    private const int Cycles = 20;

    private LiveKitTestServer _server = null!;

    [OneTimeSetUp]
    public async Task StartServer() => _server = await LiveKitTestServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopServer() => await _server.DisposeAsync();

    [TearDown]
    public void Nothing_is_left() => SharedFfi.Client.LiveHandles.Should().Be(0);

    [Test]
    public async Task Says_that_the_token_is_refused()
    {
        var forged = _server.Tokens with { Secret = "another-secret-of-the-tests-0123456789" };

        var error = await FailAsync(Request(_server.Url, forged.Join("room", "me", TimeProvider.System.GetUtcNow())));

        error.Failure.Should().Be(RoomFailure.Unauthorized);
        error.Message.Should().NotContain("eyJ");
    }

    [Test]
    public async Task Says_that_nobody_listens_there()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();

        var error = await FailAsync(Request(new Uri($"ws://127.0.0.1:{port}"), _server.Token("room", "me")));

        error.Failure.Should().Be(RoomFailure.Unavailable);
    }

    [Test]
    public async Task Gives_up_a_server_that_never_answers()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var request = Request(new Uri($"ws://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}"), _server.Token("room", "me"));

        var error = await FailAsync(request with { Timeout = TimeSpan.FromMilliseconds(300) });

        error.Failure.Should().Be(RoomFailure.TimedOut);
        // An attempt that fails in the moment in which another begins leaves that other room without a sound (0.12.80, seen).
        silent.Stop();
        await UntilAsync(() => SharedFfi.Client.Unanswered == 0);
    }

    [Test]
    public async Task Leaves_a_room_that_was_joined_after_the_wait_was_given_up()
    {
        Control();
        var room = LiveKitTestServer.NewRoom();
        await _server.PostAsync("rules", new { at = "signal", what = "join", room, delayMs = 400 });
        using var patience = new CancellationTokenSource();
        var connecting = SharedFfi.Connector().ConnectAsync(Request(_server.Url, _server.Token(room, "me")), patience.Token);
        await _server.WaitAsync(new { type = "participant_joined", room, identity = "me" });

        patience.Cancel();

        await connecting.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        await _server.WaitAsync(new { type = "participant_left", room, identity = "me" });
        await HandlesGone();
        await _server.ClearRulesAsync();
    }

    [Test]
    public async Task Gives_up_a_join_that_hangs()
    {
        Control();
        var room = LiveKitTestServer.NewRoom();
        await _server.PostAsync("rules", new { at = "signal", what = "join", room, drop = true });

        var error = await FailAsync(Request(_server.Url, _server.Token(room, "me")) with { Timeout = TimeSpan.FromSeconds(1) });

        error.Failure.Should().Be(RoomFailure.TimedOut);
        // The library tries again after 5 s, or at once when its socket breaks; what it joins then, nobody waits for any more.
        await _server.ClearRulesAsync();
        var hung = await _server.WaitAsync(new { type = "participant_joined", room, identity = "me" });
        await _server.PostAsync($"participants/{room}/me/drop", new { });
        var joined = await _server.WaitAsync(new { type = "participant_joined", room, identity = "me", since = hung["seq"]!.GetValue<long>() });
        await _server.WaitAsync(new { type = "participant_left", room, identity = "me", sid = joined["sid"]!.GetValue<string>() });
        await HandlesGone();
    }

    [Test]
    public async Task Joining_and_leaving_leaves_no_handle()
    {
        var cycles = int.TryParse(Environment.GetEnvironmentVariable("AICO_TEST_ROOM_CYCLES"), out var asked) ? asked : Cycles;
        var name = LiveKitTestServer.NewRoom();
        await using (var stays = await JoinedRoom.JoinAsync(_server, name, "stays"))
        {
            var before = SharedFfi.Client.LiveHandles;
            TestContext.Out.WriteLine($"Before: {before} handles, {Environment.WorkingSet >> 20} MB");
            for (var cycle = 0; cycle < cycles; cycle++)
            {
                await using (var comes = await JoinedRoom.JoinAsync(_server, name, $"comes-{cycle}", "agent"))
                {
                    await using var published = await comes.PublishAsync();
                    await using var heard = await stays.HearAsync();
                    await Tone.ReadFirstAsync(heard, stays.Patience);
                }

                await stays.NextAsync<RoomEvent.ParticipantLeft>(left => left.Participant.Identity == $"comes-{cycle}");
                SharedFfi.Client.LiveHandles.Should().Be(before, "cycle {0} is over; seen {1}", cycle, string.Join("\n", stays.Seen));
            }

            TestContext.Out.WriteLine($"{cycles} cycles: {SharedFfi.Client.LiveHandles} handles, {Environment.WorkingSet >> 20} MB");
        }
    }

    private static RoomConnectRequest Request(Uri url, string token) => new() { Url = url, Token = token };

    private static async Task<RoomException> FailAsync(RoomConnectRequest request)
    {
        var connecting = () => SharedFfi.Connector().ConnectAsync(request, CancellationToken.None);
        return (await connecting.Should().ThrowAsync<RoomException>()).Which;
    }

    private static Task HandlesGone() => UntilAsync(() => SharedFfi.Client.LiveHandles == 0);

    /// <summary>What the library brings late it brings, and is let go of, on its own threads: no signal tells when.</summary>
    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(LiveKitTestServer.Patience, TimeProvider.System);
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    private void Control()
    {
        if (!_server.HasControl)
        {
            Assert.Ignore("Only the test server can be told to fail.");
        }
    }
}
