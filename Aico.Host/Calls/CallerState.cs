namespace Aico.Host.Calls;

/// <summary>What the caller does. Away means that nothing was heard for the time that the agent's settings give.</summary>
internal enum CallerState
{
    Listening,
    Speaking,
    Away,
}
