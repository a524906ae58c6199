using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;

namespace Aico.Host.Organizations.Agents;

/// <summary>How an organization's agent behaves, as it stands in JSON. What is left out keeps the host's default.</summary>
internal sealed record AgentProfile
{
    [Description("What the language model is told of its task.")]
    [StringLength(50_000)]
    public string? Instructions { get; init; }

    [Description("Said first; left out: the caller speaks first.")]
    [StringLength(2_000)]
    public string? Greeting { get; init; }

    [Description("False: the greeting cannot be interrupted.")]
    public bool? GreetingIsInterruptible { get; init; }

    [Description("BCP 47 tag of the language that is heard and spoken, such as en-US.")]
    [StringLength(35)]
    public string? Language { get; init; }

    [Description("The text-to-speech provider's name of a voice.")]
    [StringLength(200)]
    public string? Voice { get; init; }

    [Description("When a caller's silence means that the turn is over.")]
    public EndpointingProfile Endpointing { get; init; } = new();

    [Description("When a caller who speaks stops the agent.")]
    public InterruptionProfile Interruption { get; init; } = new();

    [Description("Answers are prepared before the turn is surely over.")]
    public bool? PreemptiveGeneration { get; init; }

    [Description("What happens when nobody speaks.")]
    public SilenceProfile Silence { get; init; } = new();

    [Description("After it the agent says goodbye and ends the call.")]
    public TimeSpan? MaximumDuration { get; init; }

    [Description("Words replaced before they are spoken, such as a brand's pronunciation.")]
    public IReadOnlyDictionary<string, string>? Replacements { get; init; }

    [Description("Said where an answer could not be made.")]
    [StringLength(2_000)]
    public string? Apology { get; init; }

    [Description("Said before the call ends because too much failed.")]
    [StringLength(2_000)]
    public string? FailureGoodbye { get; init; }

    [Description("What happens after too much has failed.")]
    public FailureProfile Failure { get; init; } = new();

    [Description("How long a provider may take before the next of its chain is asked.")]
    public FallbackProfile Fallback { get; init; } = new();

    [Description("When a call that is under way goes over to providers that were changed: with the next call that begins, or with the next turn of its caller. Default nextCall.")]
    public ProviderChanges? ProviderChanges { get; init; }

    [Description("Said where a provider's filter refused the question or the answer.")]
    [StringLength(2_000)]
    public string? FilteredAnswer { get; init; }

    [Description("How the agent behaves in rooms.")]
    public RoomProfile Room { get; init; } = new();

    [Description("What the organization may spend; only that of the agent \"default\" counts, for all of its agents.")]
    public BudgetProfile Budget { get; init; } = new();

    [Description("Settings of providers that this agent has over those of its organization, by provider key. Where a provider is reached, such as baseUrl, cannot be set here.")]
    public IReadOnlyDictionary<string, JsonObject>? Providers { get; init; }
}
