namespace Aico.Plugins.Tests.Faults;

/// <summary>A row of the matrix.</summary>
/// <param name="Name">As the table writes it.</param>
/// <param name="Kind">What happens.</param>
/// <param name="Code">The status, or the code of the close.</param>
internal sealed record Fault(string Name, FaultKind Kind, int Code = 0)
{
    public const int HugeBytes = 10 * 1024 * 1024;

    public static Fault None { get; } = new("nothing", FaultKind.None);

    public static IReadOnlyList<Fault> All { get; } =
    [
        new("refused", FaultKind.Refused),
        new("unknown host", FaultKind.UnknownHost),
        new("TLS to a plain port", FaultKind.Tls),
        new("connect stall", FaultKind.ConnectStall),
        new("401", FaultKind.Status, 401),
        new("402", FaultKind.Status, 402),
        new("403", FaultKind.Status, 403),
        new("404 model", FaultKind.Status, 404),
        new("408", FaultKind.Status, 408),
        new("413", FaultKind.Status, 413),
        new("429", FaultKind.Status, 429),
        new("429, Retry-After", FaultKind.Status, 429) { RetryAfter = 7 },
        new("429, quota", FaultKind.Status, 429) { IsQuota = true },
        new("500", FaultKind.Status, 500),
        new("503", FaultKind.Status, 503),
        new("529", FaultKind.Status, 529),
        new("first result stalls", FaultKind.FirstStall),
        new("stall in the middle", FaultKind.MiddleStall),
        new("cut in the middle", FaultKind.MiddleCut),
        new("garbage", FaultKind.Garbage),
        new("empty result", FaultKind.Empty),
        new("error inside", FaultKind.ErrorInside),
        new("half-open socket", FaultKind.HalfOpen),
        new("close 1000", FaultKind.Close, 1000),
        new("close 1008", FaultKind.Close, 1008),
        new("close 1009", FaultKind.Close, 1009),
        new("close 1011", FaultKind.Close, 1011),
        new("wrong sample rate", FaultKind.WrongRate),
        new("10 MB message", FaultKind.Huge),
    ];

    /// <summary>In seconds; 0: none is told.</summary>
    public int RetryAfter { get; init; }

    /// <summary>True where the body of a 429 speaks of credit.</summary>
    public bool IsQuota { get; init; }

    /// <summary>True where the connection stands and the request is taken before it happens.</summary>
    public bool IsInside => Kind >= FaultKind.FirstStall;
}
