namespace Aico.Host.Calls.Rooms;

/// <summary>An organization's agent, lent to one call. Its disposal gives the providers back; they may serve other calls.</summary>
internal sealed record AgentLease : IAsyncDisposable
{
    public required string OrganizationId { get; init; }

    /// <summary>Which of the organization's agents.</summary>
    public string AgentName { get; init; } = "default";

    /// <summary>Of the configuration that the call keeps to its end.</summary>
    public string ConfigurationVersion { get; init; } = "";

    public required AgentSettings Agent { get; init; }

    public required RoomCallSettings Room { get; init; }

    public required CallProviders Providers { get; init; }

    /// <summary>Gives the providers back.</summary>
    public Func<ValueTask> Return { get; init; } = () => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => Return();
}
