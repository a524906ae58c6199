using System.Collections;
using Aico.Abstractions;

namespace Aico.Host.Calls.Rooms;

/// <summary>What every line of the log tells that is written for a call: by whomever, a provider's plugin included. One object a call, so that the turn costs nothing.</summary>
internal sealed class CallLogScope(CallIdentity call, string roomName) : IReadOnlyList<KeyValuePair<string, object?>>
{
    private volatile int _turn;

    public int Count => 4;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("callId", call.CallId),
        1 => new("organization", call.OrganizationId),
        2 => new("room", roomName),
        3 => new("turn", _turn),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <summary>Follows the call's turns; 0 before the first.</summary>
    public void On(CallEvent callEvent) => _turn = callEvent switch
    {
        TurnDecided decided => decided.Turn,
        ReplyStarted started => started.Turn,
        _ => _turn,
    };

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"call {call.CallId} of {call.OrganizationId} in {roomName}, turn {_turn}";
}
