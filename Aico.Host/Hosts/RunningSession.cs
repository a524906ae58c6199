namespace Aico.Host.Hosts;

/// <summary>A call that runs on a host, as that host reports it to its backend: what a list of sessions shows, and no words of it.</summary>
internal sealed record RunningSession
{
    /// <summary>The most of one host that are reported; hosts have places for fewer.</summary>
    public const int Most = 500;

    public required string Id { get; init; }

    public required string OrganizationId { get; init; }

    /// <summary>Which of the organization's agents.</summary>
    public required string Agent { get; init; }

    public required string ConfigurationVersion { get; init; }

    public required string RoomName { get; init; }

    /// <summary>Null until the caller is there.</summary>
    public string? CallerIdentity { get; init; }

    /// <summary>As the API writes it.</summary>
    public required string State { get; init; }

    public bool IsReady { get; init; }

    public required DateTimeOffset Started { get; init; }

    public int Turns { get; init; }
}
