using Aico.Abstractions;
using Aico.Host.Calls.Listening;
using Aico.Host.Calls.Speaking;
using Aico.Host.Calls.Thinking;
using Aico.Host.Calls.TurnTaking;

namespace Aico.Host.Calls;

/// <summary>The table of contents of a call: which parts it has and how they meet.</summary>
internal sealed class CallPipeline(CallContext call, ICallTransport transport) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private ITranscriber? _transcriber;
    private VoiceActivity? _voiceActivity;
    private Listener? _listener;
    private Replies? _replies;
    private NextTurn? _next;
    private Task _listening = Task.CompletedTask;

    public long DroppedFrames => _listener?.DroppedFrames ?? 0;

    public bool CanHear { get; private set; } = true;

    public async Task<Dialogue> OpenAsync(CancellationToken ct)
    {
        var states = new CallStates(call);
        states.AgentIs(AgentState.Initializing);
        _transcriber = call.SpeechToText switch
        {
            null => null,
            { Chain.Primary.Provider.IsStreaming: true } streaming => new StreamingTranscriber(call, streaming),
            var batch => new BatchTranscriber(call, batch),
        };
        _voiceActivity = VoiceActivity.Open(call, isNeeded: _transcriber is not null);
        _listener = new Listener(call, transport, _voiceActivity, _transcriber);
        _replies = new Replies(call, new Conversation(() => call.Settings.Instructions, call.Settings.History), new Playback(call, transport), transport.OutputFormat);
        var detector = new TurnDetector(call.Settings, new EndOfTurnHeuristic());
        var callerText = new CallerText();
        var agent = new AgentSide(call, detector, _replies, _transcriber, states, callerText);
        var silence = new SilenceWatch(call.Settings.Silence);
        var limits = new CallLimits(call.Settings, silence);
        var farewell = new Farewell(call, _replies, agent, states, limits);
        _next = new NextTurn(call);
        var dialogue = new Dialogue(call, detector, _replies, agent, callerText, states, silence, limits, farewell, _next, transport);
        await OpenTranscriberAsync(ct);
        _listening = call.WatchAsync(_listener.RunAsync(_stop.Token), _stop.Token);
        return dialogue;
    }

    public async ValueTask DisposeAsync()
    {
        _stop.Cancel();
        await _listening;
        if (_next is not null)
        {
            await _next.DisposeAsync();
        }

        if (_replies is not null)
        {
            await _replies.StopAsync();
            _replies.Dispose();
        }

        if (_transcriber is not null)
        {
            await _transcriber.DisposeAsync();
        }

        _voiceActivity?.Dispose();
        _stop.Dispose();
    }

    private async Task OpenTranscriberAsync(CancellationToken ct)
    {
        try
        {
            await (_transcriber?.OpenAsync(ct) ?? ValueTask.CompletedTask);
        }
        catch (ProviderException)
        {
            // It was reported where it happened.
            CanHear = false;
            call.Mailbox.Post(new CallSignal.ListeningFailed(IsFatal: true, call.Now));
        }
    }
}
