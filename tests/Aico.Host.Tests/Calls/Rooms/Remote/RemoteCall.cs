using Aico.Abstractions.TextToSpeech;
using Aico.Host.Calls;
using Aico.Host.Calls.Listening;
using Aico.Host.Calls.Rooms;
using Aico.Host.Calls.Rooms.Remote;
using Aico.Host.LiveKit.Protocol;
using Aico.Host.LiveKit.Rooms;
using Aico.Host.Providers.Fallback;
using Aico.Testing.Calls;
using Google.Protobuf;
using Microsoft.Extensions.AI;

namespace Aico.Host.Tests.Calls.Rooms.Remote;

/// <summary>A scripted call with a remote session whose room is a list.</summary>
internal sealed class RemoteCall : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<SentBytes> _sent = [];

    public RemoteCall()
    {
        Call.Settings = Call.Settings with { Silence = new SilenceSettings { AwayAfter = TimeSpan.Zero } };
        SendText = text => Call.Call.SendText(text);
    }

    public CallHarness Call { get; } = new();

    public RecordingLogger<RemoteSession> Log { get; } = new();

    /// <summary>Who is linked.</summary>
    public string? Linked { get; set; } = "me";

    public Action<string> SendText { get; set; }

    /// <summary>The linked caller has asked something before the call begins, and so is told events.</summary>
    public bool IsWatched { get; set; } = true;

    public bool ShowsInternals { get; set; } = true;

    public RoomCallSettings Room { get; set; } = new();

    public Func<RemoteSessionSettings, RemoteSessionSettings> Settings { get; set; } = settings => settings;

    /// <summary>Awaited before a stream counts as sent.</summary>
    public Func<Task> BeforeSending { get; set; } = () => Task.CompletedTask;

    public RemoteSession Session { get; private set; } = null!;

    public Task Running { get; private set; } = null!;

    public IReadOnlyList<SentBytes> Sent => _sent;

    public IReadOnlyList<AgentSessionEvent> Events => [.. _sent.Select(sent => sent.Message.Event).Where(sent => sent is not null)];

    public IReadOnlyList<SessionResponse> Responses => [.. _sent.Select(sent => sent.Message.Response).Where(sent => sent is not null)];

    /// <summary>The items of the history as "user: …", "call: …", "output: …", "assistant: …".</summary>
    public static IEnumerable<string> Texts(IEnumerable<ChatContext.Types.ChatItem> items) => items.Select(item => item.ItemCase switch
    {
        ChatContext.Types.ChatItem.ItemOneofCase.Message => $"{item.Message.Role.ToString().ToLowerInvariant()}: {item.Message.Content.Single().Text}",
        ChatContext.Types.ChatItem.ItemOneofCase.FunctionCall => $"call: {item.FunctionCall.Name}",
        _ => $"output: {item.FunctionCallOutput.Output}",
    });

    public RemoteCall RunUntil(double seconds)
    {
        Start();
        Call.RunUntil(seconds);
        return this;
    }

    public void Start()
    {
        if (Session is not null)
        {
            return;
        }

        var providers = Call.Providers(new CallProviders
        {
            SpeechToText = SpeechToTextProvider.Alone("stt", Call.SpeechToText),
            TextToSpeech = ProviderChain<ITextToSpeech>.Of("tts", Call.TextToSpeech),
            LanguageModel = ProviderChain<IChatClient>.Of("llm", Call.LanguageModel),
        });
        var settings = Settings(new RemoteSessionSettings
        {
            AgentId = "agent",
            Agent = () => Call.Settings,
            Providers = providers,
            Room = Room,
            ShowsInternals = ShowsInternals,
        });
        Session = new RemoteSession(settings, SendAsync, () => Linked, text => SendText(text), Call.Time, Log);
        Call.Observer = Session;
        if (IsWatched)
        {
            // A question that is not answered.
            Receive(Convert.FromHexString(ForeignPayloads.FinalizeSimulation));
        }

        Running = Call.Time.Start(async () =>
        {
            await Session.RunAsync(_stop.Token);
            return true;
        });
    }

    /// <summary>Asks as the linked caller, and gives the answer that was sent at once, if one was.</summary>
    public SessionResponse? Ask(SessionRequest request, string id = "req_1")
    {
        request.RequestId = id;
        return AskHex(Convert.ToHexString(new AgentSessionMessage { Request = request }.ToByteArray()));
    }

    public SessionResponse? AskHex(string hex)
    {
        var before = Responses.Count;
        Receive(Convert.FromHexString(hex));
        Call.Time.RunUntilIdle();
        return Responses.Skip(before).SingleOrDefault();
    }

    public SessionResponse? RunInput(string text, string id = "req_1") => Ask(new SessionRequest { RunInput = new() { Text = text } }, id);

    public void Receive(byte[] bytes, string from = "me", string topic = RemoteSession.Topic) =>
        Session.Receive(new RoomEvent.BytesReceived(from, topic, bytes, "", "AS_1", new Dictionary<string, string>()));

    public void Stop()
    {
        _stop.Cancel();
        Call.Time.RunUntilIdle();
    }

    public void Dispose()
    {
        if (Call.Ending is not null)
        {
            Call.Dispose();
        }

        Stop();
        Running?.IsCompleted.Should().BeTrue("a cancelled session ends at once");
        _stop.Dispose();
    }

    private async Task SendAsync(RoomText stream, string name, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        await BeforeSending().WaitAsync(ct);
        _sent.Add(new SentBytes(stream, name, bytes.ToArray()));
    }
}
