using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Host.Calls.Rooms;
using Aico.Host.Organizations.Resolution;
using Aico.Host.Providers;
using Aico.Host.Providers.Fallback;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Calls.Agents;

/// <summary>The providers of an agent for as long as its configuration stays what it is. Disposed when it is retired and the last call has ended.</summary>
internal sealed partial class AgentGeneration
{
    private readonly Lock _lock = new();
    private readonly ChosenProviders _owned;
    private readonly ApologyRecordings? _recordings;
    private int _calls;
    private bool _retired;

    private AgentGeneration(ResolvedOrganization organization, AgentPlan plan, RoomCallSettings room, ChosenProviders owned, ApologyRecordings? recordings)
    {
        (Organization, Plan, Room, _owned, _recordings) = (organization, plan, room, owned, recordings);
        Providers = owned.Providers with { Recordings = recordings };
        recordings?.Start();
    }

    public ResolvedOrganization Organization { get; }

    public AgentPlan Plan { get; }

    public RoomCallSettings Room { get; }

    public CallProviders Providers { get; }

    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                return _calls == 0;
            }
        }
    }

    /// <summary>Makes the providers of each chain that can be made.</summary>
    /// <exception cref="ProviderException">A call could not be held: none of a needed kind can be made.</exception>
    public static AgentGeneration Make(ResolvedOrganization organization, AgentSettings agent, RoomCallSettings room, AgentMaking host)
    {
        using var making = new ProviderMaking(organization, host.Factory, host.Health, host.Logger);
        var stt = room.HearsAudio ? making.All(ProviderKind.SpeechToText) : [];
        var tts = room.SpeaksAudio ? making.All(ProviderKind.TextToSpeech) : [];
        var llm = making.All(ProviderKind.LanguageModel);
        var vad = room.HearsAudio ? making.FirstOrNone(ProviderKind.VoiceActivity) : null;
        var plan = new AgentPlan
        {
            Agent = agent,
            SpeechToText = stt is [var ear, ..] ? ear.Choice : null,
            TextToSpeech = tts is [var voice, ..] ? voice.Choice : null,
            LanguageModel = llm[0].Choice,
            VoiceActivity = vad?.Choice,
            Warnings = organization.Warnings,
        };
        foreach (var problem in organization.Problems)
        {
            LogProblem(host.Logger, organization.Id, problem.ProviderKey, problem.Message);
        }

        LogMade(host.Logger, organization.Id, organization.AgentName, organization.Version, Names(stt), Names(llm), Names(tts));
        var owned = making.Complete(stt, tts, llm, vad);
        var recordings = tts.Count == 0 ? null
            : new ApologyRecordings(agent, organization.Id, owned.Providers, host.Factory, host.Catalog, host.Time, host.Logger);
        return new AgentGeneration(organization, plan, room, owned, recordings);
    }

    private static string Names(IReadOnlyList<MadeProvider> chain) => chain.Count == 0 ? "nothing" : string.Join(", else ", chain.Select(made => made.Choice.Key));

    public void Lend()
    {
        lock (_lock)
        {
            _calls++;
        }
    }

    public ValueTask ReturnAsync()
    {
        lock (_lock)
        {
            _calls--;
            return _calls == 0 && _retired ? DisposeAsync() : ValueTask.CompletedTask;
        }
    }

    public ValueTask RetireAsync()
    {
        lock (_lock)
        {
            _retired = true;
            return _calls == 0 ? DisposeAsync() : ValueTask.CompletedTask;
        }
    }

    private async ValueTask DisposeAsync()
    {
        if (_recordings is not null)
        {
            await _recordings.DisposeAsync();
        }

        await _owned.DisposeAsync();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Organization}: {Provider} is not used. {Problem}")]
    private static partial void LogProblem(ILogger logger, string organization, string provider, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "The agent \"{Agent}\" of \"{Organization}\" ({Version}) hears with {Stt}, thinks with {Llm}, speaks with {Tts}")]
    private static partial void LogMade(ILogger logger, string organization, string agent, string version, string stt, string llm, string tts);
}
