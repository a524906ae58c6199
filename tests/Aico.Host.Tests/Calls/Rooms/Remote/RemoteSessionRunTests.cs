using Aico.Host.Calls;
using Aico.Host.Calls.Rooms;
using Aico.Host.Calls.Rooms.Remote;
using Aico.Host.LiveKit.Protocol;
using Aico.Host.LiveKit.Rooms;
using Aico.Host.Providers.Fallback;
using Aico.Host.Time;
using Aico.Testing.Calls;
using Microsoft.Extensions.AI;

namespace Aico.Host.Tests.Calls.Rooms.Remote;

public class RemoteSessionRunTests
{
    private readonly VirtualTime _time = new();
    private readonly List<AgentSessionMessage> _sent = [];
    private TaskCompletionSource _gate = null!;
    private RemoteSessionRun _run = null!;

    [SetUp]
    public void Open()
    {
        _sent.Clear();
        _gate = new TaskCompletionSource();
        var settings = new RemoteSessionSettings
        {
            AgentId = "agent",
            Agent = () => new AgentSettings(),
            Providers = new CallProviders { LanguageModel = ProviderChain<IChatClient>.Of("llm", new ScriptedLanguageModel(_time)) },
            Room = new RoomCallSettings(),
            ShowsInternals = true,
        };
        _time.Start(() =>
        {
            var session = new RemoteSession(settings, SendAsync, () => "me", _ => { }, _time, new RecordingLogger<RemoteSession>());
            _run = new RemoteSessionRun(session, _time);
            return Task.FromResult(true);
        });
    }

    [Test]
    public void Hands_the_rooms_and_the_calls_events_on()
    {
        _gate.SetResult();
        _run.On(new RoomEvent.Reconnecting());
        _run.On(Ping());
        _run.On(new AgentStateChanged(TimeSpan.Zero, Host.Calls.AgentState.Listening));
        _time.RunUntilIdle();

        _sent.Select(message => message.MessageCase).Should().Equal(
            AgentSessionMessage.MessageOneofCase.Response, AgentSessionMessage.MessageOneofCase.Event);
        Dispose().IsCompletedSuccessfully.Should().BeTrue();
    }

    [Test]
    public void Sends_what_is_left_when_it_is_disposed_and_takes_no_more()
    {
        _run.On(Ping());
        _run.On(Ping());
        var disposal = Dispose();
        _run.On(Ping());
        disposal.IsCompleted.Should().BeFalse();

        _gate.SetResult();
        SpinWait.SpinUntil(
            () =>
            {
                _time.RunUntilIdle();
                return disposal.IsCompleted;
            },
            TimeSpan.FromSeconds(10));

        disposal.IsCompletedSuccessfully.Should().BeTrue();
        _sent.Should().HaveCount(2);
    }

    [Test]
    public void Gives_a_room_up_that_takes_nothing_any_more()
    {
        _run.On(Ping());
        var disposal = Dispose();
        _time.Advance(RemoteSessionRun.Grace - TimeSpan.FromMilliseconds(1));
        disposal.IsCompleted.Should().BeFalse();

        _time.Advance(TimeSpan.FromMilliseconds(1));

        disposal.IsCompletedSuccessfully.Should().BeTrue();
        _sent.Should().BeEmpty();
    }

    private static RoomEvent.BytesReceived Ping() =>
        new("me", RemoteSession.Topic, Convert.FromHexString(ForeignPayloads.Ping), "", "AS_1", new Dictionary<string, string>());

    private Task<bool> Dispose() => _time.Start(async () =>
    {
        await _run.DisposeAsync();
        return true;
    });

    private async Task SendAsync(RoomText stream, string name, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        await _gate.Task.WaitAsync(ct);
        _sent.Add(AgentSessionMessage.Parser.ParseFrom(bytes.Span));
    }
}
