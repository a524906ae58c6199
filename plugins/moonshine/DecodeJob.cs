namespace Aico.Plugins.Moonshine;

/// <summary>One decode, waiting or under way.</summary>
/// <param name="work">The decode; gives up soon after its token is cancelled.</param>
/// <param name="isInterim">True where it gives way to final results.</param>
/// <param name="stop">
/// Stops the work. Never disposed: it has no timer and no wait handle, and the work may still look at it after its result has been
/// given up.
/// </param>
internal sealed class DecodeJob(Func<CancellationToken, string> work, bool isInterim, CancellationTokenSource stop)
{
    // Continuations must not run on the worker, nor under the scheduler's lock.
    private readonly TaskCompletionSource<string> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _text = "";
    private Exception? _fault;

    public bool IsInterim { get; } = isInterim;

    public bool IsGivenUp => _result.Task.IsCompleted;

    public Task<string> Result => _result.Task;

    /// <summary>Does the work on this thread, unless it was given up before. The result is out only after <see cref="Deliver"/>.</summary>
    public void Execute()
    {
        try
        {
            stop.Token.ThrowIfCancellationRequested();
            _text = work(stop.Token);
        }
        catch (Exception exception)
        {
            // Not swallowed: it goes to whoever awaits the result. Only where the job was given up nobody does.
            _fault = exception;
        }
    }

    /// <summary>Gives the result to whoever awaits it, unless the job was given up.</summary>
    public void Deliver()
    {
        if (_fault is null)
        {
            _result.TrySetResult(_text);
        }
        else
        {
            _result.TrySetException(_fault);
        }
    }

    /// <summary>
    /// Ends the wait for the result at once with this exception; the work itself ends soon after. May be called with the
    /// scheduler's lock held: what the cancellation calls, here and now, only raises a flag of the run in progress.
    /// </summary>
    public void GiveUp(Exception reason)
    {
        if (reason is OperationCanceledException cancelled)
        {
            _result.TrySetCanceled(cancelled.CancellationToken);
        }
        else
        {
            _result.TrySetException(reason);
        }

        stop.Cancel();
    }
}
