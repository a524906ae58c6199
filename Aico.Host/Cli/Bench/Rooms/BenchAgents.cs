using System.Collections.Concurrent;
using Aico.Abstractions.TextToSpeech;
using Aico.Abstractions.VoiceActivity;
using Aico.Host.Calls;
using Aico.Host.Calls.Listening;
using Aico.Host.Calls.Rooms;
using Aico.Host.Providers.Fallback;
using Microsoft.Extensions.AI;

namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>Agents with stand-ins for providers, for any organization: the bench gives each room one of its own, and so knows when its job was assigned.</summary>
internal sealed class BenchAgents(IVoiceActivityDetector voiceActivity, bool fixedLatency) : IAgentDirectory
{
    // Nobody of the bench hangs up, and nobody is asked whether they are still there.
    private readonly AgentSettings _agent = new()
    {
        Silence = new SilenceSettings { AwayAfter = TimeSpan.Zero },
        MaximumDuration = TimeSpan.FromDays(1),
    };

    private readonly ConcurrentDictionary<string, double> _assigned = new();
    private readonly ConcurrentDictionary<string, bool> _greeted = new();

    public string? DefaultOrganizationId => null;

    public CallProviders Providers { get; } = fixedLatency
        ? new CallProviders
        {
            SpeechToText = SpeechToTextProvider.Alone("fixed", new FixedLatencySpeechToText()),
            TextToSpeech = ProviderChain<ITextToSpeech>.Of("fixed", new FixedLatencyTextToSpeech(TimeProvider.System)),
            LanguageModel = ProviderChain<IChatClient>.Of("fixed", new FixedLatencyLanguageModel(TimeProvider.System)),
            VoiceActivityKey = "silero",
            VoiceActivity = voiceActivity,
        }
        : new CallProviders
        {
            SpeechToText = SpeechToTextProvider.Alone("instant", new InstantSpeechToText()),
            TextToSpeech = ProviderChain<ITextToSpeech>.Of("instant", new InstantTextToSpeech()),
            LanguageModel = ProviderChain<IChatClient>.Of("instant", new InstantLanguageModel()),
            VoiceActivityKey = "silero",
            VoiceActivity = voiceActivity,
        };

    /// <summary>When the job of a room was assigned.</summary>
    public double? AssignedAt(string room) => _assigned.TryGetValue(room, out var at) ? at : null;

    /// <summary>The agent of a room will greet.</summary>
    public void Greet(string room) => _greeted[room] = true;

    public ValueTask<bool> KnowsAsync(string organizationId, CancellationToken ct) => ValueTask.FromResult(true);

    public ValueTask<AgentLease> LeaseAsync(string organizationId, string? agentName, CancellationToken ct)
    {
        // The first thing that a session does with its job.
        _assigned.TryAdd(organizationId, BenchTime.Now);
        return ValueTask.FromResult(new AgentLease
        {
            OrganizationId = organizationId,
            Agent = _greeted.ContainsKey(organizationId) ? _agent with { Greeting = FixedLatency.FirstSentence } : _agent,
            Room = new RoomCallSettings(),
            Providers = Providers,
        });
    }
}
