using Aico.Abstractions.TextToSpeech;
using Aico.Abstractions.VoiceActivity;
using Aico.Host.Calls.Listening;
using Aico.Host.Providers;
using Aico.Host.Providers.Fallback;
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
        var providers = new CallProviders
        {
            SpeechToText = Make(plan.SpeechToText, factory, owned) is { } stt ? SpeechToTextProvider.Alone(plan.SpeechToText!.Key, stt) : null,
            TextToSpeech = Make(plan.TextToSpeech, factory, owned) is ITextToSpeech tts ? ProviderChain<ITextToSpeech>.Of(plan.TextToSpeech!.Key, tts) : null,
            LanguageModel = ProviderChain<IChatClient>.Of(plan.LanguageModel.Key, (IChatClient)Make(plan.LanguageModel, factory, owned)!),
            VoiceActivityKey = plan.VoiceActivity?.Key,
            VoiceActivity = Make(plan.VoiceActivity, factory, owned) as IVoiceActivityDetector,
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
