using Aico.Abstractions;
using Aico.Abstractions.TextToSpeech;
using Aico.Host.Calls;
using Aico.Host.Calls.Agents;
using Aico.Host.Calls.Listening;
using Aico.Host.Calls.Rooms;
using Aico.Host.LiveKit.Rooms;
using Aico.Host.LiveKit.Worker;
using Aico.Host.Providers.Fallback;
using Aico.Host.Time;
using Aico.Testing.Calls;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Testing.LiveKit;

/// <summary>An agent in a fake room under a manual clock with scripted providers. The first caller is "me".</summary>
internal sealed class RoomHarness : IAgentDirectory, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly CancellationTokenSource _drain = new();

    /// <param name="loggers">Null: nothing is logged.</param>
    public RoomHarness(ILoggerFactory? loggers = null)
    {
        Caller = new ScriptedCaller(Time);
        SpeechToText = new ScriptedSpeechToText(Caller, Time);
        TextToSpeech = new ScriptedTextToSpeech(Time);
        LanguageModel = new ScriptedLanguageModel(Time);
        Room = new FakeRoom(Caller, Time);
        Registry = new RoomCallRegistry(Time);
        Handler = new RoomJobHandler(new RoomServices
        {
            Connector = Room,
            Agents = this,
            Registry = Registry,
            Administration = Administration,
            Extensions = Extensions,
            Recorder = call => new Recording(call, Recorded),
            Time = Time,
            Loggers = loggers ?? NullLoggerFactory.Instance,
        });
    }

    public VirtualTime Time { get; } = new();

    public ScriptedCaller Caller { get; }

    public ScriptedSpeechToText SpeechToText { get; }

    public ScriptedTextToSpeech TextToSpeech { get; }

    public ScriptedLanguageModel LanguageModel { get; }

    public FakeRoom Room { get; }

    public FakeRoomAdministration Administration { get; } = new();

    public List<IRoomExtensionFactory> Extensions { get; } = [];

    /// <summary>What the recorders of usage were told, of which call.</summary>
    public List<(CallIdentity Call, CallEvent Event)> Recorded { get; } = [];

    public RoomCallRegistry Registry { get; }

    public RoomJobHandler Handler { get; }

    public RoomJob Job { get; set; } = new() { Id = "AJ_1", RoomName = "demo" };

    public AgentSettings Agent { get; set; } = new() { Silence = new SilenceSettings { AwayAfter = TimeSpan.Zero } };

    public RoomCallSettings Settings { get; set; } = new();

    public HashSet<string> Organizations { get; } = ["default", "acme"];

    public string? DefaultOrganizationId { get; set; } = "default";

    public TimeSpan LeaseDelay { get; set; }

    public Exception? LeaseFailure { get; set; }

    public Func<CallProviders, CallProviders> Providers { get; set; } = providers => providers;

    public List<string> Leased { get; } = [];

    public int Returned { get; private set; }

    public Task<JobOutcome> Running { get; private set; } = null!;

    public TimeSpan Now => Time.GetElapsedTime(0);

    public RoomCallInfo Call => Registry.List()[0];

    public IReadOnlyList<TurnRecord> Turns => Call.Turns;

    /// <summary>Starts the job at time zero and runs it to the given second.</summary>
    public RoomHarness RunUntil(double seconds)
    {
        Start();
        Time.Advance(CallTime.Seconds(seconds) - Now);
        return this;
    }

    public void Start() => Running ??= Time.Start(() => Handler.RunAsync(Job, new JobAccess(new Uri("ws://room"), "token"), _drain.Token, _cancellation.Token));

    public void Drain()
    {
        _drain.Cancel();
        Time.RunUntilIdle();
    }

    public void Cancel()
    {
        _cancellation.Cancel();
        Time.RunUntilIdle();
    }

    /// <summary>The caller and the agent as the language model was told in its latest request, without instructions.</summary>
    public IReadOnlyList<string> Told() =>
        [.. LanguageModel.Requests[^1].Where(message => message.Role != ChatRole.System).Select(message => $"{message.Role}: {message.Text}")];

    /// <summary>Of every organization.</summary>
    public BudgetState? Budget { get; set; }

    public ValueTask<BudgetState?> BudgetAsync(string organizationId, CancellationToken ct) => ValueTask.FromResult(Budget);

    public ValueTask<bool> KnowsAsync(string organizationId, CancellationToken ct) => ValueTask.FromResult(Organizations.Contains(organizationId));

    public async ValueTask<AgentLease> LeaseAsync(string organizationId, string? agentName, CancellationToken ct)
    {
        await Task.Delay(LeaseDelay, Time, ct);
        if (LeaseFailure is not null || !Organizations.Contains(organizationId))
        {
            throw LeaseFailure ?? new UnknownOrganizationException(organizationId);
        }

        Leased.Add(organizationId);
        return new AgentLease
        {
            OrganizationId = organizationId,
            Agent = Agent,
            Room = Settings,
            Providers = Providers(new CallProviders
            {
                SpeechToText = SpeechToTextProvider.Alone("stt", SpeechToText),
                TextToSpeech = ProviderChain<ITextToSpeech>.Of("tts", TextToSpeech),
                LanguageModel = ProviderChain<IChatClient>.Of("llm", LanguageModel),
                VoiceActivityKey = "vad",
                VoiceActivity = new LoudnessVoiceActivity(),
            }),
            Return = () =>
            {
                Returned++;
                return ValueTask.CompletedTask;
            },
        };
    }

    public void Dispose()
    {
        if (Running is { IsCompleted: false })
        {
            Cancel();
            Time.Advance(TimeSpan.FromSeconds(30));
            Running.IsCompleted.Should().BeTrue("a cancelled job ends in bounded time");
        }

        _cancellation.Dispose();
        _drain.Dispose();
    }

    private sealed class Recording(CallIdentity call, List<(CallIdentity, CallEvent)> recorded) : ICallObserver
    {
        public void On(CallEvent callEvent) => recorded.Add((call, callEvent));
    }
}
