using Aico.Abstractions.Plugins;
using Aico.Abstractions.TextToSpeech;
using Aico.Abstractions.VoiceActivity;
using Aico.Host.Calls;
using Aico.Host.Calls.Listening;
using Aico.Host.Providers.Fallback;
using Microsoft.Extensions.AI;

namespace Aico.Host.Cli.Bench.Soak;

/// <summary>Chains of two stand-ins for each kind, of which the first fails often and the second now and then, so that some turns get no answer.</summary>
internal static class SoakProviders
{
    // Of the first's share.
    private const double SecondsShare = 0.25;

    public static CallProviders Make(IVoiceActivityDetector voiceActivity, SoakFaults first, SoakFaults second, ProviderHealth health, TimeProvider time) => new()
    {
        SpeechToText = Chain(ProviderKind.SpeechToText, health, faults => SpeechToTextProvider.Of(new SoakSpeechToText(new InstantSpeechToText(), faults, time)), first, second),
        TextToSpeech = Chain<ITextToSpeech>(ProviderKind.TextToSpeech, health, faults => new SoakTextToSpeech(new InstantTextToSpeech(), faults, time), first, second),
        LanguageModel = Chain<IChatClient>(ProviderKind.LanguageModel, health, faults => new SoakLanguageModel(new InstantLanguageModel(), faults, time), first, second),
        VoiceActivityKey = "silero",
        VoiceActivity = voiceActivity,
    };

    /// <param name="share">Of the first provider's requests that suffer.</param>
    public static (SoakFaults First, SoakFaults Second) Faults(double share) => (new SoakFaults(share, new Random(1)), new SoakFaults(share * SecondsShare, new Random(2)));

    private static ProviderChain<T> Chain<T>(ProviderKind kind, ProviderHealth health, Func<SoakFaults, T> make, params SoakFaults[] faults)
        where T : class => new(
        [
            .. faults.Select((each, position) =>
            {
                var key = $"stand-in-{position + 1}";
                return new ChainEntry<T>(key, make(each), position, new HealthSubject { Provider = key, Kind = kind, Endpoint = key, Credential = "" });
            }),
        ],
        health);
}
