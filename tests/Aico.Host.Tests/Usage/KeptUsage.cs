using Aico.Host.Storage;
using Aico.Host.Usage;

namespace Aico.Host.Tests.Usage;

/// <summary>Keeps rows in memory; fails or waits where a test says so.</summary>
internal sealed class KeptUsage : IUsageSink
{
    public List<UsageRow> Rows { get; } = [];

    /// <summary>How many rows each call brought.</summary>
    public List<int> Calls { get; } = [];

    public Queue<Exception> Failures { get; } = [];

    public TaskCompletionSource? Gate { get; set; }

    public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask KeepAsync(IReadOnlyList<UsageRow> rows, CancellationToken ct)
    {
        Entered.TrySetResult();
        if (Gate is { } gate)
        {
            await gate.Task;
        }

        if (Failures.TryDequeue(out var failure))
        {
            throw failure;
        }

        Rows.AddRange(rows);
        Calls.Add(rows.Count);
    }
}
