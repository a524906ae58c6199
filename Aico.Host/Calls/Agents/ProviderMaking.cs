using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.TextToSpeech;
using Aico.Abstractions.VoiceActivity;
using Aico.Host.Calls.Listening;
using Aico.Host.Calls.Trials;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Resolution;
using Aico.Host.Providers;
using Aico.Host.Providers.Fallback;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Calls.Agents;

/// <summary>Makes the providers of one agent. What was made is disposed unless it is completed.</summary>
internal sealed partial class ProviderMaking(ResolvedOrganization organization, ProviderFactory factory, ProviderHealth health, ILogger logger) : IDisposable
{
    private readonly List<object> _made = [];

    /// <summary>All of the kind's chain that can be made, in its order.</summary>
    /// <exception cref="ProviderException">None can.</exception>
    public IReadOnlyList<MadeProvider> All(ProviderKind kind)
    {
        ProviderException? last = null;
        var made = new List<MadeProvider>();
        foreach (var entry in organization.Chain(kind))
        {
            if (Make(entry, ref last) is { } one)
            {
                made.Add(one);
            }
        }

        return made.Count > 0 ? made
            : throw last ?? new ProviderException(ProviderFailure.InvalidRequest, new NoProviderException(organization, kind).Message);
    }

    /// <summary>The first of the kind's chain that can be made; null where the chain is empty.</summary>
    /// <exception cref="ProviderException">There are some, and none can be made.</exception>
    public MadeProvider? FirstOrNone(ProviderKind kind)
    {
        ProviderException? last = null;
        foreach (var entry in organization.Chain(kind))
        {
            if (Make(entry, ref last) is { } made)
            {
                return made;
            }
        }

        return last is null ? null : throw last;
    }

    /// <param name="stt">Empty: nothing is heard.</param>
    /// <param name="tts">Empty: nothing is spoken.</param>
    /// <param name="llm">Empty for a trial of another kind: a fixed sentence stands in.</param>
    /// <param name="vad">Null: the host's own detector.</param>
    public ChosenProviders Complete(
        IReadOnlyList<MadeProvider> stt, IReadOnlyList<MadeProvider> tts, IReadOnlyList<MadeProvider> llm, MadeProvider? vad)
    {
        var owned = new ChosenProviders(
            new CallProviders
            {
                SpeechToText = Chain(stt, SpeechToTextProvider.Of),
                TextToSpeech = Chain(tts, made => (ITextToSpeech)made),
                LanguageModel = Chain(llm, made => (IChatClient)made) ?? ProviderChain<IChatClient>.Of("none", new TrialSentence()),
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

    private ProviderChain<T>? Chain<T>(IReadOnlyList<MadeProvider> made, Func<object, T> provider)
        where T : class => made.Count == 0 ? null : new ProviderChain<T>(
        [.. made.Select((entry, position) => new ChainEntry<T>(
            entry.Choice.Key,
            provider(entry.Instance),
            position,
            HealthSubject.Of(entry.Choice.Definition, entry.Choice.Settings, entry.Choice.Secrets, entry.Instance, organization.Id)))],
        health);

    private MadeProvider? Make(ResolvedProvider entry, ref ProviderException? last)
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
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Organization}: {Provider} cannot be made, the next of its chain is tried. {Reason}")]
    private partial void LogNotMade(string organization, string provider, string reason);
}
