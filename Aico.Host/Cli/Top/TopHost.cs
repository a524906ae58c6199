using System.Text.Json.Nodes;
using Aico.Host.Cli.Organizations.Desks;

namespace Aico.Host.Cli.Top;

/// <summary>What a host says of itself.</summary>
internal static class TopHost
{
    /// <exception cref="CliException">It refuses, fails, or cannot be reached.</exception>
    public static Task<JsonObject> ReadAsync(RemoteApi api, CancellationToken ct) => api.AskAsync(HttpMethod.Get, "/api/host", null, ct);
}
