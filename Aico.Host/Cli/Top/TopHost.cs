using System.Text.Json.Nodes;
using Aico.Host.Cli.Organizations.Desks;
using Aico.Host.Hosts;

namespace Aico.Host.Cli.Top;

/// <summary>What a host says of itself and, as <c>hosts</c>, of those that report to it.</summary>
internal static class TopHost
{
    /// <exception cref="CliException">It refuses, fails, or cannot be reached.</exception>
    public static async Task<JsonObject> ReadAsync(RemoteApi api, CancellationToken ct)
    {
        var host = await api.AskAsync(HttpMethod.Get, "/api/host", null, ct);
        // A host that is an agent alone has nobody that reports to it, and no such page.
        if (host["role"]?.ToString() is "all" or "api")
        {
            var list = await api.AskAsync(HttpMethod.Get, HostAddress.List, null, ct);
            host["hosts"] = list["hosts"]?.DeepClone();
        }

        return host;
    }
}
