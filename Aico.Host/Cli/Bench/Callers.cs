namespace Aico.Host.Cli.Bench;

/// <summary>Does the same work for several callers at once.</summary>
internal static class Callers
{
    /// <summary>Runs every item once, with as many at a time as there are callers.</summary>
    /// <returns>Milliseconds of each item, and of all together.</returns>
    public static async Task<(List<double> Items, double Whole)> RunAsync<T>(IReadOnlyList<T> items, int callers, Func<T, Task<double>> run)
    {
        var next = -1;
        var took = new double[items.Count];
        var started = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref next); i < items.Count; i = Interlocked.Increment(ref next))
            {
                took[i] = await run(items[i]);
            }
        })));
        return ([.. took], Elapsed(started));
    }

    /// <summary>Milliseconds since a timestamp.</summary>
    public static double Elapsed(long since) => TimeProvider.System.GetElapsedTime(since).TotalMilliseconds;
}
