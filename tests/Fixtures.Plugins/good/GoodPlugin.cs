namespace Fixtures.Good;

/// <summary>Does everything right, and brings one provider of each kind.</summary>
public sealed class GoodPlugin : IAicoPlugin
{
    public void Register(IProviderRegistry providers)
    {
        providers.AddBatchSpeechToText<GoodSettings>(
            new ProviderDescriptor("good-stt", "Good STT", "Hears what its settings say.")
            {
                Metadata = new ProviderMetadata { Quality = "high", TypicalLatency = TimeSpan.FromMilliseconds(50), CostClass = "free" },
            },
            new SpeechToTextCapabilities { Languages = ["en"] },
            (settings, _) => new GoodSpeechToText(settings));
        providers.AddTextToSpeech<GoodSettings>(
            new ProviderDescriptor("good-tts", "Good TTS", "Says nothing."),
            new TextToSpeechCapabilities(),
            (_, _) => throw new ProviderException(ProviderFailure.Unavailable, "The fixture does not speak."));
        providers.AddLanguageModel<GoodSettings>(
            new ProviderDescriptor("good-llm", "Good LLM", "Thinks nothing."),
            new LanguageModelCapabilities { Tools = true },
            (_, _) => throw new ProviderException(ProviderFailure.Unavailable, "The fixture does not think."));
        providers.AddVoiceActivity<GoodSettings>(
            new ProviderDescriptor("good-vad", "Good VAD", "Needs a model.")
            {
                Requirements =
                [
                    new ProviderRequirement(RequirementKind.Model, "models/good.bin", "Copy good.bin."),
                    new ProviderRequirement(RequirementKind.NativeLibrary, "no-such-library", "Install it."),
                    new ProviderRequirement(RequirementKind.Program, "sh", "Install a shell."),
                ],
            },
            (_, _) => throw new ProviderException(ProviderFailure.Unavailable, "The fixture does not listen."));
    }
}
