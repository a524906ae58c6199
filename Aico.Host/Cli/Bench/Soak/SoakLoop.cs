using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.VoiceActivity;
using Aico.Host.Calls;
using Aico.Host.Calls.Rooms;
using Aico.Host.Cli.Bench.Rooms;
using Aico.Host.Cli.Talk;
using Aico.Host.Providers.Fallback;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Cli.Bench.Soak;

/// <summary>Calls in this process, without rooms: the call loop, its providers and the database.</summary>
internal sealed class SoakLoop : ISoakSide
{
    private static readonly TimeSpan _silence = TimeSpan.FromMilliseconds(3500);

    private readonly RoomCallRegistry _registry = new(TimeProvider.System);
    private readonly ProviderHealth _health = new(TimeProvider.System, NullLogger<ProviderHealth>.Instance);
    private readonly (SoakFaults First, SoakFaults Second) _faults;
    private readonly IVoiceActivityDetector _voiceActivity;
    private readonly CallProviders _providers;
    private readonly SoakAgents _agents;
    private readonly SpeechLoop _speech;
    private SoakStore _store = null!;
    private int _number;

    private SoakLoop(AicoHost host, double faults, SpeechLoop speech)
    {
        (_faults, _speech) = (SoakProviders.Faults(faults), speech);
        _voiceActivity = (IVoiceActivityDetector)new EngineBenchRequest(host, "silero", [], 1, TextWriter.Null).Make(ProviderKind.VoiceActivity);
        _providers = SoakProviders.Make(_voiceActivity, _faults.First, _faults.Second, _health, TimeProvider.System);
        _agents = new SoakAgents(_providers);
    }

    public string Name => "loop";

    // Nothing of a call should stay; this much is the noise of a collector and an allocator that keep their reserves.
    public double FloorBytesPerCall => 20_000;

    public static async Task<SoakLoop> OpenAsync(SoakRequest request, AicoHost host, CancellationToken ct)
    {
        var loop = new SoakLoop(host, request.Faults, new SpeechLoop(await CallerClips.ReadAsync(host, ct), _silence));
        loop._store = await SoakStore.OpenAsync(loop._registry, TimeProvider.System, ct);
        return loop;
    }

    public async Task<SoakCallEnd> CallAsync(TimeSpan length, CancellationToken ct)
    {
        var number = Interlocked.Increment(ref _number);
        var known = _registry.Begin($"soak-{number}", $"soak-{number}");
        await using var lease = _agents.Lease("soak");
        known.Serves(lease, "caller");
        var clock = new TalkClock(TimeProvider.System);
        var transport = new LoopTransport(clock, _speech, number * 97);
        var call = new Call(new CallIdentity("soak", known.Id), lease.Agent, _providers, transport, new Observer(transport, known), TimeProvider.System, NullLoggerFactory.Instance);
        clock.Align(TimeSpan.Zero);
        using var end = new CancellationTokenSource(length, TimeProvider.System);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(end.Token, ct);
        await call.RunAsync(both.Token);
        _registry.HasEnded(known, CallEndReason.CallerLeft, null);
        var turns = known.Info.Turns;
        var answered = turns.Count(turn => turn.Timings.Played is not null);
        return new SoakCallEnd(answered, turns.Count - answered);
    }

    public Task<SoakSample> SampleAsync(CancellationToken ct) => Task.FromResult(
        SoakSample.Take(_registry.Begun, _registry.List().Count(call => call.Ended is null), 0, _store.Bytes, _faults.First.Injected + _faults.Second.Injected));

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _health.DisposeAsync();
        (_voiceActivity as IDisposable)?.Dispose();
    }

    private sealed class Observer(LoopTransport transport, RoomCall call) : ICallObserver
    {
        public void On(CallEvent callEvent)
        {
            transport.On(callEvent);
            call.On(callEvent);
        }
    }
}
