namespace Aico.Host.LiveKit.Api;

internal sealed record ListDispatchResponse
{
    public IReadOnlyList<AgentDispatch> AgentDispatches { get; set; } = [];
}
