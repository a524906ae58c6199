namespace Aico.Plugins.Tests.Moonshine;

/// <summary>Work for a scheduler that a test holds in its hands: it says when it began, and ends when it is told to.</summary>
internal sealed class FakeDecode : IDisposable
{
    // Only reached where the product hangs.
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _end = new();

    /// <summary>Completes when a worker runs this.</summary>
    public Task Begun => _begun.Task.WaitAsync(Patience);

    public bool HasBegun => _begun.Task.IsCompleted;

    public bool RanOnPoolThread { get; private set; }

    public bool WasStopped { get; private set; }

    /// <summary>True where it does not look at its token, as a network does within one operator.</summary>
    public bool IsDeaf { get; init; }

    public string Run(CancellationToken stop)
    {
        RanOnPoolThread = Thread.CurrentThread.IsThreadPoolThread;
        _begun.SetResult();
        try
        {
            _end.Wait(Patience, IsDeaf ? CancellationToken.None : stop);
            return "heard";
        }
        catch (OperationCanceledException)
        {
            WasStopped = true;
            throw;
        }
    }

    public void End() => _end.Set();

    public void Dispose() => _end.Dispose();
}
