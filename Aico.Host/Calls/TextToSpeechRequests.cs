using Aico.Abstractions.TextToSpeech;
using Aico.Host.Providers.Fallback;

namespace Aico.Host.Calls;

/// <summary>What a call asks of a text-to-speech provider.</summary>
internal static class TextToSpeechRequests
{
    public static TextToSpeechRequest Of(CallContext call, ChainEntry<ITextToSpeech> entry) => new(call.Identity)
    {
        // The agent's voice is one of its first provider; a fallback speaks with the voice of its own settings.
        Voice = entry.Position == 0 ? call.Settings.Voice : null,
        Language = call.Settings.Language,
    };
}
