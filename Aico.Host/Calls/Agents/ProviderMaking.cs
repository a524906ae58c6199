using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.SpeechToText;
using Aico.Abstractions.TextToSpeech;
using Aico.Abstractions.VoiceActivity;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Resolution;
using Aico.Host.Providers;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Calls.Agents;

/// <summary>Makes the providers of one agent. What was made is disposed unless it is completed.</summary>
internal sealed partial class ProviderMaking(ResolvedOrganization organization, ProviderFactory factory, ILogger logger) : IDisposable
{
    private readonly List<object> _made = [];

    /// <summary>The first of the kind's chain that can be made.</summary>
    /// <exception cref="ProviderException">None can.</exception>
    public MadeProvider First(ProviderKind kind)
    {
        ProviderException? last = null;
        return Find(kind, ref last) ?? throw last ?? new ProviderException(ProviderFailure.InvalidRequest, new NoProviderException(organization, kind).Message);
    }

    /// <summary>The first of the kind's chain that can be made; null where the chain is empty.</summary>
    /// <exception cref="ProviderException">There are some, and none can be made.</exception>
    public MadeProvider? FirstOrNone(ProviderKind kind)
    {
        ProviderException? last = null;
        return Find(kind, ref last) ?? (last is null ? null : throw last);
    }

    public ChosenProviders Complete(MadeProvider? stt, MadeProvider? tts, MadeProvider llm, MadeProvider? vad)
    {
        var owned = new ChosenProviders(
            new CallProviders
            {
                SpeechToTextKey = stt?.Choice.Key,
                SpeechToText = stt?.Instance as ISpeechToText,
                BatchSpeechToText = stt?.Instance is ISpeechToText ? null : stt?.Instance as IBatchSpeechToText,
                TextToSpeechKey = tts?.Choice.Key,
                TextToSpeech = tts?.Instance as ITextToSpeech,
                LanguageModelKey = llm.Choice.Key,
                LanguageModel = (IChatClient)llm.Instance,
                VoiceActivityKey = vad?.Choice.Key,
                VoiceActivity = vad?.Instance as IVoiceActivityDetector,
            },
            [.. _made]);
        _made.Clear();
        return owned;
    }

    public void Dispose()
    {
        foreach (var instance in _made.OfType<IDisposable>())
        {
            instance.Dispose();
        }
    }

    private MadeProvider? Find(ProviderKind kind, ref ProviderException? last)
    {
        foreach (var entry in organization.Chain(kind))
        {
            try
            {
                var instance = factory.Create(
                    entry.Definition, entry.Settings, entry.Secrets, isOperators: entry.Origin is not (ConfigurationOrigin.Api or ConfigurationOrigin.Backend));
                _made.Add(instance);
                return new MadeProvider(entry.Choice, instance);
            }
            catch (ProviderException e)
            {
                last = e;
                LogNotMade(organization.Id, entry.Key, e.Message);
            }
        }

        return null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Organization}: {Provider} cannot be made, the next of its chain is tried. {Reason}")]
    private partial void LogNotMade(string organization, string provider, string reason);
}
