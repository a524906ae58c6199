namespace Aico.Host.Cli.Bench.Soak;

/// <summary>Holds calls of random length, so many at once, for as long as asked, and samples what they leave behind.</summary>
internal sealed class SoakBench(ISoakSide side, TimeProvider time, Random random, TextWriter progress)
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _shortest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan _settle = TimeSpan.FromSeconds(15);

    // After a call that could not be held, so that a server that is away is not asked all the time.
    private static readonly TimeSpan _afterFailure = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly List<string> _failures = [];
    private int _held;
    private int _answered;
    private int _unanswered;

    public async Task<SoakResult> RunAsync(int calls, TimeSpan duration, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        var samples = new List<SoakSample> { await side.SampleAsync(ct) };
        using var over = new CancellationTokenSource(duration, time);
        var callers = Enumerable.Range(0, calls).Select(number => CallerAsync(number, over.Token, ct)).ToList();
        while (!over.IsCancellationRequested)
        {
            await Task.Delay(_interval, time, ct);
            samples.Add(await side.SampleAsync(ct) with { Seconds = time.GetElapsedTime(began).TotalSeconds });
            if (samples.Count % 6 == 1)
            {
                await progress.WriteLineAsync($"{samples[^1].Seconds / 60:0} min: {samples[^1].Begun} calls, {samples[^1].ResidentBytes / 1e6:0} MB, {samples[^1].Handles} handles, {samples[^1].Threads} threads");
            }
        }

        await Task.WhenAll(callers);
        await Task.Delay(_settle, time, ct);
        var end = await side.SampleAsync(ct) with { Seconds = time.GetElapsedTime(began).TotalSeconds };
        return new SoakResult
        {
            Side = side.Name,
            CallsAtOnce = calls,
            Held = _held,
            Answered = _answered,
            Unanswered = _unanswered,
            Failures = _failures,
            Samples = samples,
            End = end,
            Trends = SoakVerdict.Judge(samples, end, side.FloorBytesPerCall),
        };
    }

    // Ends with the run's time; the call that it is in then is held to its end.
    private async Task CallerAsync(int number, CancellationToken over, CancellationToken ct)
    {
        // Not all in one moment.
        await Task.Delay(number * TimeSpan.FromSeconds(1), time, ct);
        while (!over.IsCancellationRequested)
        {
            TimeSpan length;
            lock (_lock)
            {
                length = _shortest + random.NextDouble() * (_longest - _shortest);
            }

            var end = await side.CallAsync(length, ct);
            lock (_lock)
            {
                (_held, _answered, _unanswered) = (_held + 1, _answered + end.Answered, _unanswered + end.Unanswered);
                if (end.Failed is { } reason)
                {
                    _failures.Add(reason);
                }
            }

            if (end.Failed is not null)
            {
                await Task.Delay(_afterFailure, time, ct);
            }
        }
    }
}
