using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.TextToSpeech;
using Aico.Host.Calls.Agents;
using Aico.Host.Calls.Speaking;
using Aico.Host.Organizations.Resolution;
using Aico.Host.Providers;
using Aico.Host.Providers.Fallback;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Calls.Trials;

/// <summary>Makes the chain of an organization for a trial, and disposes it after.</summary>
internal sealed class ChainTrials(ProviderFactory factory, ProviderCatalog catalog, TimeProvider time, ILoggerFactory loggers)
{
    private const string Sample = "Please answer with the word yes.";

    /// <summary>The kinds that chains are made of.</summary>
    public static IReadOnlyList<ProviderKind> Kinds { get; } = [ProviderKind.SpeechToText, ProviderKind.TextToSpeech, ProviderKind.LanguageModel];

    /// <summary>Sends a real request to each provider of a chain, and then through the chain.</summary>
    /// <param name="organization">Whose chain.</param>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="fault">What its first provider is made to suffer in the run; null for nothing.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="ProviderException">None of the chain can be made, or there is no voice to speak a sample with.</exception>
    public async Task<ChainTrialResult> RunAsync(ResolvedOrganization organization, ProviderKind kind, InjectedFault? fault, CancellationToken ct)
    {
        await using var health = new ProviderHealth(time, loggers.CreateLogger<ProviderHealth>());
        using var making = new ProviderMaking(organization, factory, health, loggers.CreateLogger<ChainTrials>());
        var made = making.All(kind);
        var vad = kind == ProviderKind.SpeechToText ? making.FirstOrNone(ProviderKind.VoiceActivity) : null;
        await using var chosen = making.Complete(
            kind == ProviderKind.SpeechToText ? made : [], kind == ProviderKind.TextToSpeech ? made : [], kind == ProviderKind.LanguageModel ? made : [], vad);
        var speech = kind == ProviderKind.SpeechToText ? await SpeakSampleAsync(ct) : [];
        var agent = organization.Agent.Over(new AgentSettings());
        var trial = new ChainTrial(chosen.Providers, agent, organization.Id, time, loggers) { Speech = speech };
        var entries = await trial.EachAsync(kind, ct);
        return new ChainTrialResult(entries, await trial.RunAsync(kind, fault, ct));
    }

    /// <summary>The host's own voices speak the sample, so that nothing but the tried provider is asked for it.</summary>
    private async Task<short[]> SpeakSampleAsync(CancellationToken ct)
    {
        ProviderException? last = null;
        foreach (var definition in catalog.Definitions.Where(known => known.Kind == ProviderKind.TextToSpeech && known.Descriptor.Hosting == ProviderHosting.BuiltIn))
        {
            try
            {
                var voice = (ITextToSpeech)factory.Create(definition, [], new Dictionary<string, Secret>(), isOperators: true);
                return await SpokenText.SpeakAsync(voice, new TextToSpeechRequest(CallIdentity.None), Sample, AudioFormat.Speech.SampleRate, ct);
            }
            catch (ProviderException e)
            {
                last = e;
            }
        }

        throw last ?? new ProviderException(
            ProviderFailure.InvalidRequest, "Speech-to-text is tried with a spoken sentence, and no built-in voice is loaded to speak it: add one, such as flite or espeak.");
    }
}
