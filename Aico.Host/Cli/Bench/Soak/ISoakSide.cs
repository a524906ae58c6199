namespace Aico.Host.Cli.Bench.Soak;

/// <summary>Where the calls of a soak are held.</summary>
internal interface ISoakSide : IAsyncDisposable
{
    /// <summary>For people: "rooms" or "loop".</summary>
    string Name { get; }

    /// <summary>Resident bytes that may stay of each call; what is not ours to mend.</summary>
    double FloorBytesPerCall { get; }

    /// <summary>Holds one call of a length, from its beginning to its end.</summary>
    Task<SoakCallEnd> CallAsync(TimeSpan length, CancellationToken ct);

    /// <summary>What the measured process holds now; the time is filled in by whoever asks.</summary>
    Task<SoakSample> SampleAsync(CancellationToken ct);
}
