namespace Aico.Host.Calls.Rooms.Remote;

/// <summary>A text that was put in and whose turn is awaited.</summary>
/// <param name="requestId">Of the request to answer.</param>
/// <param name="to">Who asked.</param>
/// <param name="text">What was put in.</param>
internal sealed class RunInput(string requestId, string to, string text)
{
    public string RequestId => requestId;

    public string To => to;

    public string Text => text;

    /// <summary>Ends the wait; disposed by whoever takes the input out.</summary>
    public ITimer? Timer { get; set; }
}
