namespace Aico.Host.Cli.Serve.CallHosts;

/// <summary>
/// The orders of a supervisor, which a call host reads from its standard input on a thread of its own until that ends: then the supervisor is
/// dead, and its call hosts say goodbye to their callers and end.
/// </summary>
internal sealed class CallHostOrders : IDisposable
{
    public const string DrainLine = "drain";
    public const string StopLine = "stop";

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _drain = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _orphaned = new();
    private bool _isOver;

    /// <param name="input">Where they come from.</param>
    public CallHostOrders(TextReader input) =>
        // Standard input has no reading that could be given up: a thread of the pool would be held for good.
        new Thread(() => Read(input)) { IsBackground = true, Name = "AICO orders" }.Start();

    /// <summary>No more calls; the running ones go on. Also where the supervisor is dead.</summary>
    public CancellationToken Drain => _drain.Token;

    /// <summary>End at once.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>The supervisor is dead.</summary>
    public CancellationToken Orphaned => _orphaned.Token;

    /// <summary>Null for a process that is no call host.</summary>
    public static CallHostOrders? Of(ServeRequest request) => request.CallHost is null ? null : new CallHostOrders(Console.In);

    public void Dispose()
    {
        lock (_lock)
        {
            _isOver = true;
            _drain.Dispose();
            _stop.Dispose();
            _orphaned.Dispose();
        }
    }

    private void Read(TextReader input)
    {
        while (input.ReadLine() is { } line)
        {
            if (line is DrainLine or StopLine)
            {
                Cancel(_drain);
            }

            if (line == StopLine)
            {
                Cancel(_stop);
            }
        }

        Cancel(_orphaned);
        Cancel(_drain);
    }

    // The thread outlives the serving: it ends with its input or with the process.
    private void Cancel(CancellationTokenSource source)
    {
        lock (_lock)
        {
            if (!_isOver)
            {
                source.Cancel();
            }
        }
    }
}
