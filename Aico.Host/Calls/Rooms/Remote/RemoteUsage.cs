using Wire = Aico.Host.LiveKit.Protocol;

namespace Aico.Host.Calls.Rooms.Remote;

/// <summary>What the call has used of its providers so far, as far as the call's events tell.</summary>
internal sealed class RemoteUsage(CallProviders providers)
{
    private TimeSpan _heard;
    private TimeSpan _spoken;
    private TimeSpan? _voiceStart;
    private long _characters;
    private long _inputTokens;
    private long _cachedTokens;
    private long _outputTokens;

    public void On(CallEvent callEvent)
    {
        switch (callEvent)
        {
            case VoiceStarted voice:
                _voiceStart = voice.Start;
                break;
            case VoiceEnded voice when _voiceStart is { } start:
                _heard += voice.End > start ? voice.End - start : TimeSpan.Zero;
                _voiceStart = null;
                break;
            case TokensUsed used:
                _inputTokens += used.Input;
                _cachedTokens += used.CachedInput;
                _outputTokens += used.Output;
                break;
            case SentenceReady sentence:
                _characters += sentence.Text.Length;
                break;
            case SpeechSynthesized speech:
                _spoken += speech.Duration;
                break;
        }
    }

    /// <summary>One entry for each provider of the call.</summary>
    public Wire.AgentSessionUsage ToWire()
    {
        var usage = new Wire.AgentSessionUsage();
        var llm = new Wire.LLMModelUsage
        {
            Provider = providers.LanguageModelKey,
            InputTokens = Narrow(_inputTokens),
            InputCachedTokens = Narrow(_cachedTokens),
            OutputTokens = Narrow(_outputTokens),
        };
        usage.ModelUsage.Add(new Wire.ModelUsage { Llm = llm });
        if (providers.TextToSpeech is not null)
        {
            var tts = new Wire.TTSModelUsage
            {
                Provider = providers.TextToSpeechKey ?? "",
                CharactersCount = Narrow(_characters),
                AudioDuration = _spoken.TotalSeconds,
            };
            usage.ModelUsage.Add(new Wire.ModelUsage { Tts = tts });
        }

        if (providers.SpeechToText is not null)
        {
            var stt = new Wire.STTModelUsage { Provider = providers.SpeechToTextKey ?? "", AudioDuration = _heard.TotalSeconds };
            usage.ModelUsage.Add(new Wire.ModelUsage { Stt = stt });
        }

        return usage;
    }

    private static int Narrow(long count) => (int)Math.Min(count, int.MaxValue);
}
