using System.Text.Json.Nodes;
using Aico.Host.Hosts;

namespace Aico.Host.Api.Hosts;

/// <summary>Hosts as the API shows them.</summary>
internal static class HostView
{
    public static JsonObject List(IReadOnlyList<HostEntry> hosts) => new() { ["hosts"] = new JsonArray([.. hosts.Select(Of)]) };

    private static JsonObject Of(HostEntry host)
    {
        var view = HostStatusJson.Write(host.Status);
        view["label"] = host.Label;
        view["restarts"] = host.Restarts;
        view["lastSeenAt"] = ApiJson.Time(host.LastSeen);
        view["isStale"] = host.IsStale;
        return view;
    }
}
