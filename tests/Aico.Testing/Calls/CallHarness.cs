using Aico.Abstractions;
using Aico.Abstractions.TextToSpeech;
using Aico.Abstractions.VoiceActivity;
using Aico.Host.Calls;
using Aico.Host.Calls.Listening;
using Aico.Host.Providers.Fallback;
using Aico.Host.Time;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Testing.Calls;

/// <summary>One call under a manual clock with scripted providers: say what happens, advance the clock, look at the events.</summary>
internal sealed class CallHarness : ICallObserver, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly List<CallEvent> _events = [];
    private AgentState _state;

    public CallHarness()
    {
        Caller = new ScriptedCaller(Time);
        SpeechToText = new ScriptedSpeechToText(Caller, Time);
        TextToSpeech = new ScriptedTextToSpeech(Time);
        LanguageModel = new ScriptedLanguageModel(Time);
    }

    public VirtualTime Time { get; } = new();

    public AgentSettings Settings { get; set; } = new() { Silence = new SilenceSettings { AwayAfter = TimeSpan.Zero } };

    public ScriptedCaller Caller { get; }

    public ScriptedSpeechToText SpeechToText { get; }

    /// <summary>Set: the call streams its audio there instead.</summary>
    public ScriptedStreamingSpeechToText? Streaming { get; set; }

    public ScriptedTextToSpeech TextToSpeech { get; }

    public ScriptedLanguageModel LanguageModel { get; }

    public IVoiceActivityDetector? VoiceActivity { get; set; } = new LoudnessVoiceActivity();

    public Func<CallProviders, CallProviders> Providers { get; set; } = providers => providers;

    /// <summary>Sees the events too, when they happen.</summary>
    public ICallObserver? Observer { get; set; }

    public IReadOnlyList<CallEvent> Events => _events;

    public IReadOnlyList<TurnRecord> Turns => [.. Of<TurnCompleted>().Select(completed => completed.Turn)];

    public IReadOnlyList<AgentState> AgentStates => [.. Of<AgentStateChanged>().Select(change => change.State)];

    public Call Call { get; private set; } = null!;

    public Task<CallEndReason> Ending { get; private set; } = null!;

    public TimeSpan Now => Time.GetElapsedTime(0);

    public IReadOnlyList<T> Of<T>()
        where T : CallEvent => [.. _events.OfType<T>()];

    /// <summary>Starts the call at time zero and runs it to the given second.</summary>
    public CallHarness RunUntil(double seconds)
    {
        if (Ending is null)
        {
            Start();
        }

        Time.Advance(TimeSpan.FromSeconds(seconds) - Now);
        return this;
    }

    public void Cancel()
    {
        _cancellation.Cancel();
        Time.RunUntilIdle();
    }

    public void On(CallEvent callEvent)
    {
        _events.Add(callEvent);
        Observer?.On(callEvent);
        _state = callEvent is AgentStateChanged change ? change.State : _state;
    }

    /// <summary>The caller and the agent as the language model was told in its latest request: "user: …" and so on, without instructions.</summary>
    public IReadOnlyList<string> Told() =>
        [.. LanguageModel.Requests[^1].Where(message => message.Role != ChatRole.System).Select(message => $"{message.Role}: {message.Text}")];

    /// <summary>Runs on, looking every 10 ms whether the agent that is said to speak was heard within the last 300 ms.</summary>
    public CallHarness RunCheckedUntil(double seconds)
    {
        while (Now < TimeSpan.FromSeconds(seconds) && Ending is not { IsCompleted: true })
        {
            RunUntil(Now.TotalSeconds + 0.01);
            if (_state == AgentState.Speaking)
            {
                Caller.WasHeardWithin(TimeSpan.FromMilliseconds(300)).Should().BeTrue($"the agent is said to be speaking at {Now}");
            }
        }

        return this;
    }

    public void Dispose()
    {
        if (Ending is { IsCompleted: false })
        {
            Cancel();
            Ending.IsCompleted.Should().BeTrue("a cancelled call ends at once");
        }

        _cancellation.Dispose();
    }

    private void Start()
    {
        var providers = Providers(new CallProviders
        {
            SpeechToText = SpeechToTextProvider.Alone("stt", Streaming ?? (object)SpeechToText),
            TextToSpeech = ProviderChain<ITextToSpeech>.Of("tts", TextToSpeech),
            LanguageModel = ProviderChain<IChatClient>.Of("llm", LanguageModel),
            VoiceActivityKey = "vad",
            VoiceActivity = VoiceActivity,
        });
        Call = new Call(CallIdentity.None, Settings, providers, Caller, this, Time, NullLoggerFactory.Instance);
        Ending = Time.Start(() => Call.RunAsync(_cancellation.Token));
    }
}
