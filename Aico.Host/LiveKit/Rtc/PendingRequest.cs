using Aico.Host.LiveKit.Rtc.Protocol;

namespace Aico.Host.LiveKit.Rtc;

/// <summary>A request that an event will complete. Its answer goes to the one who waits or, when they have gone, to <paramref name="late"/>; never to both.</summary>
internal sealed class PendingRequest(Action<FfiEvent> late)
{
    private const int Waiting = 0;
    private const int Answered = 1;
    private const int Abandoned = 2;

    private readonly TaskCompletionSource<FfiEvent> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _state;

    public Task<FfiEvent> Answer => _answer.Task;

    public void Complete(FfiEvent answer)
    {
        if (Interlocked.CompareExchange(ref _state, Answered, Waiting) == Waiting)
        {
            _answer.SetResult(answer);
        }
        else
        {
            late(answer);
        }
    }

    public void Fail(Exception error)
    {
        if (Interlocked.CompareExchange(ref _state, Answered, Waiting) == Waiting)
        {
            _answer.SetException(error);
        }
    }

    /// <summary>Nobody waits any more. False where the answer has come already: whoever gives up has to deal with it.</summary>
    public bool Abandon() => Interlocked.CompareExchange(ref _state, Abandoned, Waiting) == Waiting;
}
