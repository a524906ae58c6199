using System.Collections.Concurrent;
using Aico.Abstractions.VoiceActivity;
using Aico.Host.Calls;
using Aico.Host.Calls.Rooms;

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

    public string? DefaultOrganizationId => null;

    public CallProviders Providers { get; } = fixedLatency
        ? new CallProviders
        {
            SpeechToTextKey = "fixed",
            SpeechToText = new FixedLatencySpeechToText(),
            TextToSpeechKey = "fixed",
            TextToSpeech = new FixedLatencyTextToSpeech(TimeProvider.System),
            LanguageModelKey = "fixed",
            LanguageModel = new FixedLatencyLanguageModel(TimeProvider.System),
            VoiceActivityKey = "silero",
            VoiceActivity = voiceActivity,
        }
        : new CallProviders
        {
            SpeechToTextKey = "instant",
            BatchSpeechToText = new InstantSpeechToText(),
            TextToSpeechKey = "instant",
            TextToSpeech = new InstantTextToSpeech(),
            LanguageModelKey = "instant",
            LanguageModel = new InstantLanguageModel(),
            VoiceActivityKey = "silero",
            VoiceActivity = voiceActivity,
        };

    /// <summary>When the job of a room was assigned.</summary>
    public double? AssignedAt(string room) => _assigned.TryGetValue(room, out var at) ? at : null;

    public ValueTask<bool> KnowsAsync(string organizationId, CancellationToken ct) => ValueTask.FromResult(true);

    public ValueTask<AgentLease> LeaseAsync(string organizationId, string? agentName, CancellationToken ct)
    {
        // The first thing that a session does with its job.
        _assigned.TryAdd(organizationId, BenchTime.Now);
        return ValueTask.FromResult(new AgentLease
        {
            OrganizationId = organizationId,
            Agent = _agent,
            Room = new RoomCallSettings(),
            Providers = Providers,
        });
    }
}
