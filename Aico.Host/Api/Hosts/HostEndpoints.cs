using System.Text.Json.Nodes;
using Aico.Host.Api.Backend;
using Aico.Host.Hosts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aico.Host.Api.Hosts;

/// <summary>/api/hosts: the processes that serve calls, for the operator; and where they report.</summary>
internal static class HostEndpoints
{
    private const string Tag = "Hosts";

    public static void Map(IEndpointRouteBuilder routes, HostRegistry hosts) =>
        routes.Map("GET", HostAddress.List, new ApiOperation("listHosts", Tag, "This host, its call hosts, and the agent hosts that have it as their backend, as they reported last.", ApiAccess.Operator)
        {
            Answer = "HostList",
        }, http => ApiReply.WriteOnceAsync(http, HostView.List(hosts.List())));

    /// <summary>For holders of the internal key alone.</summary>
    public static void MapReports(IEndpointRouteBuilder routes, ApiBackend backend, HostRegistry hosts)
    {
        var key = new BackendKey(backend);
        routes.Map("PUT", $"{HostAddress.Reports}/{{id}}", new ApiOperation("reportHost", Tag, "Takes the report of an agent host and says which of its calls it is to end; one that has stopped is forgotten.", ApiAccess.Operator)
        {
            Body = "HostReport",
            Answer = "HostOrders",
        }, async http =>
        {
            key.Check(http);
            var ending = hosts.Report(Read(await ApiJson.ReadObjectAsync(http), ApiQuery.Path(http, "id")));
            await ApiReply.WriteOnceAsync(http, new JsonObject { ["end"] = new JsonArray([.. ending.Select(id => JsonValue.Create(id))]) });
        });
    }

    private static HostStatus Read(JsonObject body, string id)
    {
        HostStatus status;
        try
        {
            status = HostStatusJson.Read(body);
        }
        catch (FormatException e)
        {
            throw ApiException.Field($"/{e.Message}", "It is missing, or has another shape.");
        }

        return status.Id == id ? status : throw ApiException.Field("/id", "It is another than the path's.");
    }
}
