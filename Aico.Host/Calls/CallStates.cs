namespace Aico.Host.Calls;

/// <summary>The states that frontends show; raises each change once. Used by the call's loop only.</summary>
internal sealed class CallStates(CallContext call)
{
    private AgentState? _agent;

    public AgentState Agent => _agent ?? AgentState.Initializing;

    public CallerState Caller { get; private set; } = CallerState.Listening;

    public void AgentIs(AgentState state)
    {
        if (state != _agent)
        {
            _agent = state;
            call.Raise(new AgentStateChanged(call.Now, state));
        }
    }

    public void CallerIs(CallerState state)
    {
        if (state != Caller)
        {
            Caller = state;
            call.Raise(new CallerStateChanged(call.Now, state));
        }
    }
}
