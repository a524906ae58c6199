namespace Aico.Testing.Conformance;

/// <summary>
/// Waits for something that comes at once or never. The bound only turns "never" into a failure: it is no measure of time, since one
/// measurement cannot be told from a busy machine's pause. <see cref="Promptness"/> measures.
/// </summary>
internal static class Bounded
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    public static async Task<T> Within<T>(Task<T> task, string what)
    {
        await Within((Task)task, what);
        return await task;
    }

    public static async Task Within(Task task, string what)
    {
        using var over = new CancellationTokenSource();
        var first = await Task.WhenAny(task, Task.Delay(Bound, TimeProvider.System, over.Token));
        await over.CancelAsync();
        Assert.That(first, Is.SameAs(task), $"{what} did not end within {Bound.TotalSeconds} s.");
        await task;
    }
}
