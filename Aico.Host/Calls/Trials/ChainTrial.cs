using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Host.Calls.Listening;
using Aico.Host.Providers.Fallback;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Calls.Trials;

/// <summary>
/// Runs a real request through a chain as a call does it: the same loop, budgets and decisions, with a caller who says one thing. What is
/// learnt of outages stays in the trial.
/// </summary>
internal sealed class ChainTrial(CallProviders providers, AgentSettings agent, string organizationId, TimeProvider time, ILoggerFactory loggers)
{
    private const string Question = "Please answer with the word yes.";

    // A caller would have hung up long before.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    /// <summary>What the caller says where speech-to-text is tried: 16 kHz mono.</summary>
    public ReadOnlyMemory<short> Speech { get; init; }

    /// <summary>Tries each provider of the kind alone.</summary>
    public async Task<IReadOnlyList<EntryTrial>> EachAsync(ProviderKind kind, CancellationToken ct)
    {
        var trials = new List<EntryTrial>();
        for (var position = 0; position < Length(kind); position++)
        {
            var report = await RunAsync(Only(kind, position), kind, null, ct);
            trials.Add((report.Attempts is [.., var last] ? last : Silent(kind, position)) with { Position = position });
        }

        return trials;
    }

    /// <summary>Runs the whole chain, its first provider suffering the fault.</summary>
    public async Task<ChainTrialReport> RunAsync(ProviderKind kind, InjectedFault? fault, CancellationToken ct) =>
        await RunAsync(Only(kind, null, fault), kind, fault, ct);

    private async Task<ChainTrialReport> RunAsync(CallProviders tried, ProviderKind kind, InjectedFault? fault, CancellationToken ct)
    {
        var watch = new TrialWatch(Stage(kind));
        using var limit = new CancellationTokenSource(Patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        var isSpoken = kind == ProviderKind.SpeechToText;
        var transport = new TrialTransport(isSpoken ? Speech : default, time);
        var call = new Call(new CallIdentity(organizationId, "trial"), Settings(), tried, transport, watch, time, loggers);
        watch.Ended = () => call.End(CallEndReason.EndedByRequest);
        var running = call.RunAsync(stop.Token);
        if (!isSpoken)
        {
            call.SendText(Question);
        }

        await running;
        ct.ThrowIfCancellationRequested();
        return watch.Report(fault);
    }

    private AgentSettings Settings() => agent with
    {
        Greeting = null,
        Tools = [],
        Preemptive = agent.Preemptive with { Enabled = false },
        Silence = agent.Silence with { AwayAfter = TimeSpan.Zero },
        MaximumFailedTurns = 1,
    };

    private CallProviders Only(ProviderKind kind, int? position, InjectedFault? fault = null) => new()
    {
        SpeechToText = kind == ProviderKind.SpeechToText ? Part(providers.SpeechToText!, position, fault, FaultySpeechToText.Of) : null,
        TextToSpeech = kind == ProviderKind.TextToSpeech ? Part(providers.TextToSpeech!, position, fault, (inner, broken, clock) => new FaultyTextToSpeech(inner, broken, clock)) : null,
        LanguageModel = kind == ProviderKind.LanguageModel
            ? Part(providers.LanguageModel, position, fault, (inner, broken, clock) => new FaultyLanguageModel(inner, broken, clock))
            : providers.LanguageModel,
        VoiceActivityKey = providers.VoiceActivityKey ?? EnergyVoiceActivity.Key,
        VoiceActivity = providers.VoiceActivity,
    };

    private ProviderChain<T> Part<T>(ProviderChain<T> chain, int? position, InjectedFault? fault, Func<T, InjectedFault, TimeProvider, T> breaks)
        where T : class
    {
        var entries = position is { } one ? [chain.Entries[one] with { Position = 0 }] : chain.Entries;
        var health = new ProviderHealth(time, loggers.CreateLogger<ProviderHealth>());
        return new ProviderChain<T>(
            [.. entries.Select(entry => fault is { } broken && entry.Position == 0 ? entry with { Provider = breaks(entry.Provider, broken, time) } : entry)], health);
    }

    private int Length(ProviderKind kind) => kind switch
    {
        ProviderKind.SpeechToText => providers.SpeechToText!.Entries.Count,
        ProviderKind.TextToSpeech => providers.TextToSpeech!.Entries.Count,
        _ => providers.LanguageModel.Entries.Count,
    };

    private EntryTrial Silent(ProviderKind kind, int position) => new(
        kind switch
        {
            ProviderKind.SpeechToText => providers.SpeechToText!.Entries[position].Key,
            ProviderKind.TextToSpeech => providers.TextToSpeech!.Entries[position].Key,
            _ => providers.LanguageModel.Entries[position].Key,
        },
        position, false, null, null, Patience, ProviderFailure.TimedOut, $"Nothing came of it within {Patience.TotalSeconds:0} seconds.");

    private static CallStage Stage(ProviderKind kind) => kind switch
    {
        ProviderKind.SpeechToText => CallStage.SpeechToText,
        ProviderKind.TextToSpeech => CallStage.TextToSpeech,
        _ => CallStage.LanguageModel,
    };
}
