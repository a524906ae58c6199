using Wire = Aico.Host.LiveKit.Protocol;
using WireResponse = Aico.Host.LiveKit.Protocol.SessionResponse;

namespace Aico.Host.Calls.Rooms.Remote;

/// <summary>
/// The run inputs that wait for their turn. Every one is answered exactly once: by its turn, by its time-out or by the end of the call.
/// Used under the session's lock, which the time-out takes itself.
/// </summary>
internal sealed class RunInputs(
    RemoteSessionSettings settings, TimeProvider time, Lock gate, Action<string, WireResponse> answer)
{
    private readonly List<RunInput> _waiting = [];
    private bool _isClosed;

    /// <summary>Takes an input before its text is put in. Returns false, and has answered, where it is refused.</summary>
    public bool Add(RunInput input)
    {
        var refusal = this switch
        {
            _ when string.IsNullOrWhiteSpace(input.Text) => "The text is empty.",
            _ when !settings.Room.TakesText => "This agent takes no typed text.",
            _ when _isClosed => "The call has ended.",
            _ when _waiting.Count >= settings.MaximumRunInputs => "Too many inputs are waiting for their answers.",
            _ => null,
        };
        if (refusal is not null)
        {
            Answer(input, [], refusal);
            return false;
        }

        _waiting.Add(input);
        input.Timer = time.CreateTimer(_ => Expire(input), null, settings.RunInputTimeout, Timeout.InfiniteTimeSpan);
        return true;
    }

    /// <summary>A turn is over: it answers the oldest input of its words.</summary>
    public void Completed(TurnRecord turn, IReadOnlyList<Wire.ChatContext.Types.ChatItem> items)
    {
        // Typed words are taken as turns in their order and as they are.
        if (_waiting.Find(input => input.Text == turn.CallerText) is { } input && Take(input))
        {
            Answer(input, items, items.Count == 0 ? "The agent answered nothing." : null);
        }
    }

    public void Fail(RunInput input, string error)
    {
        if (Take(input))
        {
            Answer(input, [], error);
        }
    }

    /// <summary>No turn follows any more.</summary>
    public void Close()
    {
        _isClosed = true;
        foreach (var input in _waiting.ToArray())
        {
            Fail(input, "The call has ended.");
        }
    }

    private void Expire(RunInput input)
    {
        lock (gate)
        {
            Fail(input, $"The turn was not over within {settings.RunInputTimeout.TotalSeconds:0.#} seconds.");
        }
    }

    private bool Take(RunInput input)
    {
        input.Timer?.Dispose();
        return _waiting.Remove(input);
    }

    private void Answer(RunInput input, IReadOnlyList<Wire.ChatContext.Types.ChatItem> items, string? error)
    {
        var response = new WireResponse { RequestId = input.RequestId, RunInput = new() { Items = { items } } };
        if (error is not null)
        {
            response.Error = error;
        }

        answer(input.To, response);
    }
}
