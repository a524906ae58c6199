namespace Aico.Testing.Conformance;

/// <summary>Reads to the end, as fast as it can, and tells when the first item came.</summary>
internal sealed class Reading
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Reading()
    {
    }

    /// <summary>Ends with the first item; an <see cref="AssertionException"/> where none comes.</summary>
    public Task Begun => Bounded.Within(_begun.Task, "The first result");

    public Task End { get; private set; } = Task.CompletedTask;

    public static Reading Of<T>(IAsyncEnumerable<T> items)
    {
        var reading = new Reading();
        // On a thread of its own, since a source that always has something would never give the test's back.
        reading.End = Task.Run(() => reading.ReadAsync(items));
        return reading;
    }

    private async Task ReadAsync<T>(IAsyncEnumerable<T> items)
    {
        try
        {
            await foreach (var item in items)
            {
                _begun.TrySetResult();
            }
        }
        finally
        {
            _begun.TrySetException(new AssertionException("The reading ended before the first result came."));
        }
    }
}
