using Aico.Host.Calls.Listening;
using Aico.Host.Calls.Speaking;
using Aico.Host.Calls.Thinking;
using Aico.Host.Calls.TurnTaking;
using Microsoft.Extensions.AI;

namespace Aico.Host.Calls;

/// <summary>How an agent behaves. The defaults are those that a caller is served best by without any setting.</summary>
internal sealed record AgentSettings
{
    public string Instructions { get; init; } =
        "You are a helpful voice assistant. Answer in one to three short spoken sentences, without lists, markup or emoji.";

    /// <summary>Said first; null or empty lets the caller speak first.</summary>
    public string? Greeting { get; init; }

    /// <summary>False: the greeting is uninterruptible text, for what must have been said before anything else.</summary>
    public bool GreetingIsInterruptible { get; init; } = true;

    /// <summary>BCP 47 tag of the language that is heard and spoken; null lets the providers' settings decide.</summary>
    public string? Language { get; init; }

    /// <summary>The text-to-speech provider's name of a voice.</summary>
    public string? Voice { get; init; }

    public EndpointingSettings Endpointing { get; init; } = new();

    public InterruptionSettings Interruption { get; init; } = new();

    public ListeningSettings Listening { get; init; } = new();

    public PreemptiveSettings Preemptive { get; init; } = new();

    public ThinkingSettings Thinking { get; init; } = new();

    public HistorySettings History { get; init; } = new();

    public SpeakingSettings Speaking { get; init; } = new();

    public SilenceSettings Silence { get; init; } = new();

    /// <summary>When it is reached the agent says <see cref="MaximumDurationGoodbye"/> and ends the call.</summary>
    public TimeSpan MaximumDuration { get; init; } = TimeSpan.FromHours(1);

    public string MaximumDurationGoodbye { get; init; } = "I have to end our call here. Thank you, and goodbye.";

    /// <summary>Said where an answer could not be made.</summary>
    public string Apology { get; init; } = "Sorry, something went wrong on my side. Could you say that again?";

    /// <summary>Said before the call ends because too much failed.</summary>
    public string FailureGoodbye { get; init; } = "Sorry, something is wrong on my side, and I have to end our call. Please try again later.";

    /// <summary>After so long without a result no further provider of a chain is asked: the caller gets an apology, not a late answer.</summary>
    public TimeSpan ChainDeadline { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>What happens after too much has failed.</summary>
    public FailureEnding FailureEnding { get; init; }

    /// <summary>With <see cref="FailureEnding.Transfer"/>: a telephone number, or a tel: or sip: address.</summary>
    public string? FailureTransferTo { get; init; }

    /// <summary>Turns that may fail in a row before the call ends.</summary>
    public int MaximumFailedTurns { get; init; } = 3;

    /// <summary>Functions that the language model may call, beside the built-in end_call.</summary>
    public IReadOnlyList<AIFunction> Tools { get; init; } = [];

    /// <summary>What tools may know of the call, such as the caller's number; they find it in the context of their arguments. Asked at each use.</summary>
    public Func<IReadOnlyDictionary<string, string>>? ToolContext { get; init; }
}
