using Aico.Abstractions.SpeechToText;
using Aico.Abstractions.TextToSpeech;
using Aico.Abstractions.VoiceActivity;
using Aico.Host.Providers;
using Microsoft.Extensions.AI;

namespace Aico.Host.Calls.Agents;

/// <summary>Makes the providers of a plan and owns them.</summary>
internal sealed class ChosenProviders : IAsyncDisposable
{
    private readonly List<object> _owned = [];

    private ChosenProviders()
    {
    }

    public CallProviders Providers { get; private set; } = null!;

    // When one cannot be made the command ends, and the process with it: those made before it need no undoing.
    /// <exception cref="Aico.Abstractions.ProviderException">One of them cannot be made, such as where its model is missing.</exception>
    public static ChosenProviders Create(AgentPlan plan, ProviderFactory factory)
    {
        var made = new ChosenProviders();
        var stt = made.Make(plan.SpeechToText, factory);
        var tts = made.Make(plan.TextToSpeech, factory);
        var vad = made.Make(plan.VoiceActivity, factory);
        made.Providers = new CallProviders
        {
            SpeechToTextKey = stt is null ? null : plan.SpeechToText!.Key,
            SpeechToText = stt as ISpeechToText,
            BatchSpeechToText = stt is ISpeechToText ? null : stt as IBatchSpeechToText,
            TextToSpeechKey = tts is null ? null : plan.TextToSpeech!.Key,
            TextToSpeech = tts as ITextToSpeech,
            LanguageModelKey = plan.LanguageModel.Key,
            LanguageModel = (IChatClient)made.Make(plan.LanguageModel, factory)!,
            VoiceActivityKey = vad is null ? null : plan.VoiceActivity!.Key,
            VoiceActivity = vad as IVoiceActivityDetector,
        };
        return made;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var provider in _owned)
        {
            switch (provider)
            {
                case IAsyncDisposable asynchronous:
                    await asynchronous.DisposeAsync();
                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
            }
        }

        _owned.Clear();
    }

    private object? Make(ProviderChoice? choice, ProviderFactory factory)
    {
        if (choice is null)
        {
            return null;
        }

        var provider = factory.Create(choice.Definition, choice.Settings, choice.Secrets);
        _owned.Add(provider);
        return provider;
    }
}
