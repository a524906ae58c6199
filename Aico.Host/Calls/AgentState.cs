namespace Aico.Host.Calls;

/// <summary>What the agent does. Speaking means that frames were played within the last 300 ms.</summary>
internal enum AgentState
{
    Initializing,
    Listening,
    Thinking,
    Speaking,
}
