using Aico.Abstractions.SpeechToText;
using Aico.Abstractions.TextToSpeech;
using Aico.Abstractions.VoiceActivity;
using Aico.Host.Providers;
using Microsoft.Extensions.AI;

namespace Aico.Host.Calls.Agents;

/// <summary>Makes the providers of a plan and owns them.</summary>
internal sealed class ChosenProviders : IAsyncDisposable
{
    private readonly List<object> _owned;

    public ChosenProviders(CallProviders providers, IReadOnlyList<object> owned) => (Providers, _owned) = (providers, [.. owned]);

    public CallProviders Providers { get; }

    // When one cannot be made the command ends, and the process with it: those made before it need no undoing.
    /// <exception cref="Aico.Abstractions.ProviderException">One of them cannot be made, such as where its model is missing.</exception>
    public static ChosenProviders Create(AgentPlan plan, ProviderFactory factory)
    {
        var owned = new List<object>();
        var stt = Make(plan.SpeechToText, factory, owned);
        var tts = Make(plan.TextToSpeech, factory, owned);
        var vad = Make(plan.VoiceActivity, factory, owned);
        var providers = new CallProviders
        {
            SpeechToTextKey = stt is null ? null : plan.SpeechToText!.Key,
            SpeechToText = stt as ISpeechToText,
            BatchSpeechToText = stt is ISpeechToText ? null : stt as IBatchSpeechToText,
            TextToSpeechKey = tts is null ? null : plan.TextToSpeech!.Key,
            TextToSpeech = tts as ITextToSpeech,
            LanguageModelKey = plan.LanguageModel.Key,
            LanguageModel = (IChatClient)Make(plan.LanguageModel, factory, owned)!,
            VoiceActivityKey = vad is null ? null : plan.VoiceActivity!.Key,
            VoiceActivity = vad as IVoiceActivityDetector,
        };
        return new ChosenProviders(providers, owned);
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

    private static object? Make(ProviderChoice? choice, ProviderFactory factory, List<object> owned)
    {
        if (choice is null)
        {
            return null;
        }

        var provider = factory.Create(choice.Definition, choice.Settings, choice.Secrets, isOperators: true);
        owned.Add(provider);
        return provider;
    }
}
