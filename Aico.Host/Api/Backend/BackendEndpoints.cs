using System.Text.Json.Nodes;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Remote;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aico.Host.Api.Backend;

/// <summary>
/// What hosts without a store of their own ask of this one: whole organizations, secrets in clear, and a feed of changes. For the internal
/// key alone, which these endpoints check themselves, so that no other way in can reach them.
/// </summary>
internal static class BackendEndpoints
{
    private const int MostListed = 1000;

    /// <param name="routes">Where they are added.</param>
    /// <param name="backend">What is fetched.</param>
    /// <param name="time">The clock of the heartbeat.</param>
    public static void Map(IEndpointRouteBuilder routes, ApiBackend backend, TimeProvider time)
    {
        // A feed would hold up the end of this host for as long as the other one listens.
        var stopping = routes.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var (source, feed) = (backend.Source, backend.Feed);
        var key = new BackendKey(backend);
        routes.Map("GET", $"{BackendAddress.Organizations}/{{id}}", Operation("fetchOrganization", "An organization whole, secrets in clear.", "HostOrganization") with
        {
            Problems = [ApiProblem.UnknownOrganization],
        }, async http =>
        {
            key.Check(http);
            var id = (string)http.Request.RouteValues["id"]!;
            var document = await source.FindAsync(id, http.RequestAborted)
                ?? throw new ApiException(ApiProblem.UnknownOrganization, $"There is no organization \"{id}\".");
            await WriteAsync(http, OrganizationWire.Write(document));
        });
        routes.Map("GET", BackendAddress.Organizations, Operation("listForHosts", "Organizations by id.", "HostOrganizationList") with
        {
            Parameters =
            [
                new ApiParameter("limit", "Most that the answer has.", FormattableString.Invariant($$"""{"type":"integer","minimum":1,"maximum":{{MostListed}},"default":{{MostListed}}}""")),
                new ApiParameter("after", "The id behind which the answer begins."),
            ],
        }, async http =>
        {
            key.Check(http);
            var limit = int.TryParse(http.Request.Query["limit"], out var number) ? Math.Clamp(number, 1, MostListed) : MostListed;
            var after = http.Request.Query["after"].ToString();
            var found = await source.ListAsync(after.Length == 0 ? null : after, limit, http.RequestAborted);
            await WriteAsync(http, new JsonObject { ["organizations"] = new JsonArray([.. found.Select(OrganizationWire.Write)]) });
        });
        routes.Map("GET", BackendAddress.Changes, Operation("followChanges", "Changes as they come, as server-sent events.", "ChangeEvents") with
        {
            AnswerType = "text/event-stream",
            Parameters = [new ApiParameter("after", "The place where an earlier feed ended; the header Last-Event-ID says the same.", """{"type":"string"}""")],
        }, async http =>
        {
            key.Check(http);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
            await ChangeStream.WriteAsync(http, feed, time, both.Token);
        });
    }

    private static ApiOperation Operation(string id, string summary, string answer) => new(id, "Hosts", summary, ApiAccess.Operator) { Answer = answer };

    private static async Task WriteAsync(HttpContext http, JsonObject answer)
    {
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsJsonAsync(answer, http.RequestAborted);
    }
}
