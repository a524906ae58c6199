using Aico.Host.Calls;

namespace Aico.Host.Cli.Talk;

/// <summary>Types lines into a call, each when the one before has been answered. Ends with the lines, or with the line "/quit".</summary>
internal sealed class TypedChat(CallProgress progress) : ICallObserver
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _answered;
    private int _completedBefore;

    public void On(CallEvent callEvent)
    {
        lock (_lock)
        {
            if (_answered is { } answered && progress.IsIdle && progress.CompletedTurns > _completedBefore)
            {
                _answered = null;
                answered.TrySetResult();
            }
        }
    }

    public async Task RunAsync(IAsyncEnumerable<string> lines, Action<string> send, Action leave, CancellationToken ct)
    {
        await foreach (var line in lines.WithCancellation(ct))
        {
            if (line.Trim() == "/quit")
            {
                break;
            }

            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            Task answered;
            lock (_lock)
            {
                _completedBefore = progress.CompletedTurns;
                _answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                answered = _answered.Task;
            }

            send(line.Trim());
            await answered.WaitAsync(ct);
        }

        leave();
    }
}
