using Aico.Abstractions;
using Aico.Host.Calls;
using Aico.Host.Providers;
using Aico.Host.Providers.Fallback;
using Aico.Host.Storage;
using Aico.Host.Usage.Prices;

namespace Aico.Host.Usage;

/// <summary>Makes rows of usage from what calls and the health of providers tell, each with its estimated cost. Safe from any thread.</summary>
/// <param name="prices">What things cost.</param>
/// <param name="post">Takes rows; returns at once.</param>
/// <param name="time">The clock.</param>
internal sealed class UsageAccount(Pricing prices, Action<IReadOnlyList<UsageRow>> post, TimeProvider time)
{
    /// <summary>The outcome of a probe; those of attempts are <see cref="AttemptOutcome"/>'s names in lower case.</summary>
    public const string Probe = "probe";

    /// <summary>The outcomes in the order in which they are shown.</summary>
    public static IReadOnlyList<string> Outcomes { get; } = [.. Enum.GetValues<AttemptOutcome>().Select(Of), Probe];

    /// <summary>What records a call's usage; it is to be told all of the call's events.</summary>
    public ICallObserver Open(CallIdentity call) => new CallUsage(call, this, post);

    /// <summary>Records a probe.</summary>
    public void Probed(ProbeResult probe)
    {
        var subject = probe.Subject;
        if (subject.OrganizationId.Length == 0)
        {
            // A process with one call, which keeps no usage.
            return;
        }

        post(
        [
            new UsageRow
            {
                OrganizationId = subject.OrganizationId,
                At = time.GetUtcNow() - probe.Took,
                SessionId = "",
                Kind = ProviderKinds.Code(subject.Kind),
                Provider = subject.Provider,
                Model = subject.Model,
                Outcome = Probe,
                Failure = probe.Fault?.Failure.ToString(),
                FirstResultLatency = probe.Fault is null ? probe.Took : null,
                // Probes are requests that vendors do not bill: lists, accounts, health.
                Cost = 0,
            },
        ]);
    }

    /// <param name="call">Whose.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="now">The moment of the event on the call's clock.</param>
    public UsageRow RowOf(CallIdentity call, ProviderAttempt attempt, TimeSpan now)
    {
        var row = new UsageRow
        {
            OrganizationId = call.OrganizationId,
            At = time.GetUtcNow() - (now - attempt.Started),
            SessionId = call.CallId,
            Turn = attempt.Turn,
            Kind = CodeOf(attempt.Stage),
            Provider = attempt.Provider,
            Model = attempt.Model,
            ChainPosition = attempt.Position,
            Outcome = Of(attempt.Outcome),
            Failure = attempt.Failure?.ToString(),
            ConnectLatency = attempt.ConnectLatency,
            FirstResultLatency = attempt.FirstResultLatency,
            AudioSeconds = attempt.Audio.TotalSeconds,
            Characters = attempt.Characters,
            InputTokens = attempt.InputTokens,
            CachedInputTokens = attempt.CachedInputTokens,
            OutputTokens = attempt.OutputTokens,
        };

        // A request that was refused, or went nowhere, is billed by nobody.
        var cameToNothing = attempt is { Outcome: AttemptOutcome.Failed, ConnectLatency: null, FirstResultLatency: null };
        return row with { Cost = cameToNothing ? 0 : prices.CostOf(row, attempt.Endpoint) };
    }

    public static string Of(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Useful => "useful",
        AttemptOutcome.Cancelled => "cancelled",
        AttemptOutcome.Speculative => "speculative",
        AttemptOutcome.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "No such outcome."),
    };

    private static string CodeOf(CallStage stage) => ProviderKinds.Code(stage switch
    {
        CallStage.SpeechToText => Abstractions.Plugins.ProviderKind.SpeechToText,
        CallStage.TextToSpeech => Abstractions.Plugins.ProviderKind.TextToSpeech,
        CallStage.LanguageModel => Abstractions.Plugins.ProviderKind.LanguageModel,
        CallStage.VoiceActivity => Abstractions.Plugins.ProviderKind.VoiceActivity,
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "No provider works there."),
    });
}
