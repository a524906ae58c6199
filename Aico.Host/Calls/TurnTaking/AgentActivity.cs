namespace Aico.Host.Calls.TurnTaking;

/// <summary>What the agent is at, as far as it matters to taking turns.</summary>
internal enum AgentActivity
{
    /// <summary>Nothing: whoever speaks has the turn.</summary>
    Idle,

    /// <summary>A turn was taken and its answer was not heard yet.</summary>
    Answering,

    /// <summary>The answer is being heard, or was and is held.</summary>
    Speaking,
}
