namespace Aico.Testing.Conformance;

/// <summary>Holds work to the contract's word that it is given up within 100 ms of its cancellation.</summary>
/// <remarks>
/// Measured is from the cancellation to the end of all that was pending, in several attempts, and asserted is the quickest: a provider
/// that takes longer by its nature does so every time, while a busy machine would have to be in the way of each attempt alone. So a
/// slow attempt is no failure here. Work that ended by itself before it could be cancelled is no attempt.
/// </remarks>
internal sealed class Promptness
{
    public const int Attempts = 7;

    /// <summary>What the contracts allow.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);

    private readonly List<TimeSpan> _took = [];

    private Promptness()
    {
    }

    /// <summary>Makes the attempts. Each begins its work, waits until it is truly under way, and has its end measured once.</summary>
    public static async Task HoldAsync(string what, Func<Promptness, Task> attempt)
    {
        var promptness = new Promptness();
        for (var i = 0; i < Attempts; i++)
        {
            await attempt(promptness);
        }

        var took = promptness._took.Order().Select(time => time.TotalMilliseconds).ToArray();
        took.Should().NotBeEmpty($"{what} must be given up, and it never was: it ended by itself each time");
        TestContext.Out.WriteLine(FormattableString.Invariant(
            $"{TestContext.CurrentContext.Test.FullName}: given up after {took[0]:0.0} ms (quickest of {took.Length}; median {took[took.Length / 2]:0.0}, slowest {took[^1]:0.0})"));
        took[0].Should().BeLessThanOrEqualTo(
            Limit.TotalMilliseconds, $"{what} must be given up within that many milliseconds, and this is the quickest of {took.Length} attempts");
    }

    /// <summary>Disposes of a session and waits for all that it has pending, which must end without an error.</summary>
    public Task DisposeAsync(IAsyncDisposable session, params Task[] pending) => EndAsync(
        async () =>
        {
            await session.DisposeAsync();
            await Task.WhenAll(pending);
            return true;
        });

    /// <summary>Cancels and waits for what is pending, which must end as cancelled unless it was done in that moment.</summary>
    public Task CancelAsync(CancellationTokenSource source, Task pending) => EndAsync(
        async () =>
        {
            if (pending.IsCompleted)
            {
                await pending;
                return false;
            }

            // On this thread: what a provider does in the cancellation itself is a part of the time.
            source.Cancel();
            return await IsCancelledAsync(pending);
        });

    /// <summary>Measures the time of an end; false from it does not count.</summary>
    public async Task EndAsync(Func<Task<bool>> end)
    {
        var started = TimeProvider.System.GetTimestamp();
        if (await Bounded.Within(MeasureAsync(), "What was given up") is { } took)
        {
            _took.Add(took);
        }

        async Task<TimeSpan?> MeasureAsync() => await end() ? TimeProvider.System.GetElapsedTime(started) : null;
    }

    private static async Task<bool> IsCancelledAsync(Task pending)
    {
        try
        {
            await pending;
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}
