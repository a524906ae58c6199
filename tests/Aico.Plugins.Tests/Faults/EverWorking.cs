using System.Runtime.InteropServices;
using Aico.Abstractions.Audio;
using Aico.Abstractions.SpeechToText;
using Aico.Abstractions.TextToSpeech;
using Aico.Host.Calls;
using Aico.Host.Calls.Listening;
using Aico.Host.Providers.Fallback;
using Aico.Testing.Calls;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Tests.Faults;

/// <summary>The second provider of every chain: it always works. Chains are of two where a failing first one is given.</summary>
internal static class EverWorking
{
    public const string First = "first";
    public const string Second = "second";

    private const string Answer = "Yes, I can hear you.";

    /// <summary>What a call is made from whose first provider of a kind is the given one.</summary>
    public static CallProviders Behind(object first, Chains chains)
    {
        var model = new ScriptedLanguageModel(TimeProvider.System);
        model.Says(Answer);
        var providers = new CallProviders
        {
            SpeechToText = SpeechToTextProvider.Alone(Second, new Ear()),
            TextToSpeech = ProviderChain<ITextToSpeech>.Of(Second, new ScriptedTextToSpeech(TimeProvider.System)),
            LanguageModel = ProviderChain<IChatClient>.Of(Second, model),
            VoiceActivityKey = "loudness",
            VoiceActivity = new LoudnessVoiceActivity(),
        };
        return first switch
        {
            IChatClient client => providers with { LanguageModel = chains.Of<IChatClient>((First, client), (Second, model)) },
            ITextToSpeech voice => providers with { TextToSpeech = chains.Of((First, voice), (Second, new ScriptedTextToSpeech(TimeProvider.System))) },
            _ => providers with { SpeechToText = chains.Hearing((First, first), (Second, new Ear())) },
        };
    }

    private sealed class Ear : IBatchSpeechToText
    {
        public ValueTask<Transcript> TranscribeAsync(AudioFrame utterance, SpeechToTextRequest request, CancellationToken ct) =>
            ValueTask.FromResult(new Transcript(Aico.Testing.Vendors.FakeSpeech.IsLoud(MemoryMarshal.AsBytes(utterance.Samples.Span)) ? "ten of clubs" : ""));
    }
}
