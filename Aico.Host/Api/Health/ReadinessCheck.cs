namespace Aico.Host.Api.Health;

/// <summary>One thing that must be right for a host to be ready.</summary>
/// <param name="Name">Such as "database".</param>
/// <param name="IsForApi">True where the API needs it; false where only calls do.</param>
/// <param name="Problem">Looks; null where it is right, else a line for people that strangers may read. Never throws.</param>
internal sealed record ReadinessCheck(string Name, bool IsForApi, Func<CancellationToken, ValueTask<string?>> Problem);
