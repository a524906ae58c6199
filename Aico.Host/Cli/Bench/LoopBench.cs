using System.Diagnostics;
using Aico.Abstractions;
using Aico.Abstractions.TextToSpeech;
using Aico.Abstractions.VoiceActivity;
using Aico.Host.Calls;
using Aico.Host.Calls.Listening;
using Aico.Host.Cli.Talk;
using Aico.Host.Providers.Fallback;
using Aico.Host.Time;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Cli.Bench;

/// <summary>Holds many calls at once with providers that take no time, and measures what the loop itself adds.</summary>
internal sealed class LoopBench(SpeechLoop speech, string voiceActivityKey, IVoiceActivityDetector voiceActivity, TextWriter progress)
{
    // Enough turns and frames for the compiler's second tier, and the greatest share of its work is then over.
    private const int WarmUpCalls = 4;
    private static readonly TimeSpan WarmUpDuration = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan Stagger = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(6);

    private readonly SpeechLoop _speech = speech;

    private readonly CallProviders _providers = new()
    {
        SpeechToText = SpeechToTextProvider.Alone("instant", new InstantSpeechToText()),
        TextToSpeech = ProviderChain<ITextToSpeech>.Of("instant", new InstantTextToSpeech()),
        LanguageModel = ProviderChain<IChatClient>.Of("instant", new InstantLanguageModel()),
        VoiceActivityKey = voiceActivityKey,
        VoiceActivity = voiceActivity,
    };

    // Nobody of the bench hangs up, and nobody is asked whether they are still there.
    private readonly AgentSettings _agent = new()
    {
        Silence = new SilenceSettings { AwayAfter = TimeSpan.Zero },
        MaximumDuration = TimeSpan.FromDays(1),
    };

    /// <summary>Makes who else is told of a call's events; null: nobody.</summary>
    public Func<CallIdentity, ICallObserver>? Watch { get; init; }

    public async Task<LoopBenchResult> RunAsync(int calls, TimeSpan duration, CancellationToken ct)
    {
        await progress.WriteLineAsync($"warming up: {WarmUpCalls} calls of {WarmUpDuration.TotalSeconds:0} s in virtual time");
        WarmUp(ct);
        var residentBefore = Resident();

        await progress.WriteLineAsync($"starting {calls} calls within {Stagger.TotalSeconds:0} s");
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var random = new Random(1);
        var running = Enumerable.Range(0, calls).Select(_ => new RunningCall(this, random.Next(_speech.Frames))).ToList();
        var tasks = running.Select(call => call.RunAsync(TimeProvider.System, random.NextDouble() * Stagger, over.Token)).ToList();
        try
        {
            await Task.Delay(Stagger + Settle, TimeProvider.System, ct);
            return await MeasureAsync(running, duration, residentBefore, ct);
        }
        finally
        {
            over.Cancel();
            await Task.WhenAll(tasks);
        }
    }

    private async Task<LoopBenchResult> MeasureAsync(List<RunningCall> calls, TimeSpan duration, long residentBefore, CancellationToken ct)
    {
        using var process = Process.GetCurrentProcess();
        var droppedBefore = calls.Sum(call => call.DroppedFrames);
        var cpuBefore = process.TotalProcessorTime;
        var allocatedBefore = GC.GetTotalAllocatedBytes();
        var started = TimeProvider.System.GetTimestamp();
        calls.ForEach(call => call.Transport.Measure(true));
        for (var left = duration; left > TimeSpan.Zero; left -= TimeSpan.FromSeconds(10))
        {
            await progress.WriteLineAsync($"measuring: {left.TotalSeconds:0} s left");
            await Task.Delay(left < TimeSpan.FromSeconds(10) ? left : TimeSpan.FromSeconds(10), TimeProvider.System, ct);
        }

        calls.ForEach(call => call.Transport.Measure(false));
        var elapsed = TimeProvider.System.GetElapsedTime(started);
        process.Refresh();
        var callSeconds = calls.Count * elapsed.TotalSeconds;
        var counted = calls.Select(call => call.Transport.Read()).ToList();
        var latencies = counted.SelectMany(call => call.AddedLatencies).ToList();
        return new LoopBenchResult
        {
            Calls = calls.Count,
            Seconds = elapsed.TotalSeconds,
            Turns = latencies.Count,
            AddedLatency = Percentiles.Of(latencies),
            CpuSecondsPerCallMinute = (process.TotalProcessorTime - cpuBefore).TotalSeconds / callSeconds * 60,
            AllocatedBytesPerCallSecond = (GC.GetTotalAllocatedBytes() - allocatedBefore) / callSeconds,
            ResidentBytesPerCall = (process.WorkingSet64 - residentBefore) / (double)calls.Count,
            LateFrames = counted.Sum(call => call.LateFrames),
            DroppedFrames = calls.Sum(call => call.DroppedFrames) - droppedBefore,
        };
    }

    /// <summary>Lets the loop's code be compiled, in virtual time.</summary>
    public void WarmUp(CancellationToken ct)
    {
        var time = new VirtualTime();
        time.Run(async () =>
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var calls = Enumerable.Range(0, WarmUpCalls).Select(i => new RunningCall(this, i * _speech.Frames / WarmUpCalls)).ToList();
            var tasks = calls.Select(call => call.RunAsync(time, TimeSpan.Zero, over.Token)).ToList();
            await Task.Delay(WarmUpDuration, time, ct);
            over.Cancel();
            await Task.WhenAll(tasks);
            return true;
        });
    }

    private static long Resident()
    {
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private sealed class RunningCall(LoopBench bench, long phase)
    {
        private Call? _call;

        public LoopTransport Transport { get; private set; } = null!;

        public long DroppedFrames => _call?.DroppedFrames ?? 0;

        public async Task RunAsync(TimeProvider time, TimeSpan after, CancellationToken ct)
        {
            try
            {
                await Task.Delay(after, time, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }

            var clock = new TalkClock(time);
            Transport = new LoopTransport(clock, bench._speech, phase);
            var identity = new CallIdentity("default", $"bench-{phase}");
            ICallObserver observer = bench.Watch is { } watch ? new CallObservers(Transport, watch(identity)) : Transport;
            _call = new Call(identity, bench._agent, bench._providers, Transport, observer, time, NullLoggerFactory.Instance);
            clock.Align(TimeSpan.Zero);
            await _call.RunAsync(ct);
        }
    }
}
