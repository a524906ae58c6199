using System.Collections.Concurrent;
using Aico.Abstractions.Plugins;
using Aico.Host.Calls;
using Aico.Host.Calls.Listening;
using Aico.Host.Calls.Speaking;
using Aico.Host.Calls.Thinking;
using Aico.Host.Calls.Trials;
using Aico.Host.Calls.TurnTaking;
using Aico.Testing;
using Aico.Testing.Calls;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Plugins.Tests.Faults;

/// <summary>Makes a call for each cell: a caller, a chain of two of which the first is the plugin that fails, and the host between them.</summary>
internal static class FaultMatrix
{
    /// <summary>Most cells wait for clocks, not for the processor.</summary>
    private const int AtOnce = 24;

    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(2000);

    // A refusal over the loopback takes some milliseconds; a machine that is busy with all the others may be late.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(2000);

    private static readonly TimeSpan Speech = TimeSpan.FromSeconds(1);

    // Speech, the quiet before it and the quiet after which its end is known; and as much again, since the host counts in the caller's
    // audio, whose timer loses ticks on a busy machine.
    private static readonly TimeSpan SpeechIsOver = TimeSpan.FromMilliseconds(4000);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly AgentSettings Agent = new()
    {
        Endpointing = new EndpointingSettings { MaximumDelay = TimeSpan.FromSeconds(1) },
        Listening = new ListeningSettings { OpenBudget = Budget, ReadBudget = Budget, SilentAnswerAfter = Budget },
        Speaking = new SpeakingSettings { AudioBudget = Budget },
        Thinking = new ThinkingSettings { TokenBudget = Budget },
    };

    public static IReadOnlyList<FaultSubject> Subjects { get; } = [.. SpeechSubjects.Hearing, .. SpeechSubjects.Speaking, .. ModelSubjects.All];

    public static async Task<IReadOnlyList<FaultCell>> RunAsync(IEnumerable<Fault> faults)
    {
        var cells = new ConcurrentBag<FaultCell>();
        await Parallel.ForEachAsync(
            // Not by fault: all messages of 10 MB at once are more than two cores take in a moment.
            from subject in Subjects from fault in faults select (Subject: subject, Fault: fault),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (cell, _) => cells.Add(await RunAsync(cell.Subject, cell.Fault)));
        return [.. cells];
    }

    private static async Task<FaultCell> RunAsync(FaultSubject subject, Fault fault)
    {
        if (subject.Excuse(fault) is { } excuse)
        {
            return new FaultCell(subject, fault) { Excuse = excuse };
        }

        using var context = new TestProviderContext();
        await using var faulty = await subject.StartAsync(fault, context);
        var chains = new Chains(TimeProvider.System);
        await using var health = chains.Health;
        var samples = new short[Aico.Abstractions.Audio.AudioFormat.Speech.SamplesIn(Speech)];
        Array.Fill(samples, ScriptedCaller.Loud);
        var trial = new ChainTrial(EverWorking.Behind(faulty.Provider, chains), Agent, "o", TimeProvider.System, NullLoggerFactory.Instance) { Speech = samples };
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            return Cell(subject, fault, await trial.RunAsync(subject.Kind, null, patience.Token));
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return new FaultCell(subject, fault) { Message = $"Nothing came of it within {Patience.TotalSeconds:0} seconds." };
        }
    }

    private static FaultCell Cell(FaultSubject subject, Fault fault, ChainTrialReport report)
    {
        var failed = report.Attempts.FirstOrDefault(attempt => attempt is { Position: 0, Ok: false });
        var cell = new FaultCell(subject, fault)
        {
            AnsweredBy = report.AnsweredBy,
            Failure = failed?.Failure,
            Message = failed?.Message ?? "",
            Failover = report.Failover,
        };
        var waits = fault.IsInside && subject.IsHearing ? SpeechIsOver
            : subject.Kind == ProviderKind.SpeechToText && !subject.IsHearing ? Speech
            : TimeSpan.Zero;
        // 10 MB need some time to come, with a dozen others beside them.
        waits += fault.Kind == FaultKind.Huge ? Margin : TimeSpan.Zero;
        return cell with { Bound = waits + Margin + (cell.IsOutOfTime ? Budget : TimeSpan.Zero) };
    }
}
