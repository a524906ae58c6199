using System.Globalization;
using System.Text.Json.Nodes;
using Aico.Host.Organizations.Agents;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Remote;
using Aico.Host.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aico.Host.Api.Backend;

/// <summary>Takes the usage of hosts without a store of their own, and tells them what has been spent. For the internal key alone.</summary>
internal static class BackendUsageEndpoints
{
    private const int LongestBatchId = 64;

    public static void Map(IEndpointRouteBuilder routes, ApiBackend backend, ApiConfiguration configuration)
    {
        var key = new BackendKey(backend);
        routes.Map("PUT", $"{BackendAddress.Organizations}/{{id}}/{BackendAddress.Usage}/{{batch}}", new ApiOperation("keepUsage", "Hosts", "Keeps usage of another host's calls; a batch of an id that is kept already adds nothing.", ApiAccess.Operator)
        {
            Body = "HostUsage",
            Status = StatusCodes.Status204NoContent,
            Problems = [ApiProblem.UnknownOrganization],
        }, async http =>
        {
            key.Check(http);
            var (organization, batch) = (ApiQuery.Path(http, "id"), ApiQuery.Path(http, "batch"));
            if (batch.Length > LongestBatchId)
            {
                throw ApiException.Field("batch", $"It is longer than {LongestBatchId} characters.");
            }

            var rows = UsageWire.Read(await ApiJson.ReadObjectAsync(http), organization);
            var made = await MadeAsync(configuration, organization, http.RequestAborted);
            // What was used before is a former organization's, which was deleted with all that was known of it.
            rows = made is { } since ? [.. rows.Where(row => row.At >= since)] : rows;
            await configuration.Store.AddUsageOnceAsync(organization, batch, rows, http.RequestAborted);
            ApiReply.Empty(http);
        });
        routes.Map("GET", $"{BackendAddress.Organizations}/{{id}}/{BackendAddress.Spending}", new ApiOperation("readSpending", "Hosts", "What an organization has spent in a month, by estimation, on all hosts.", ApiAccess.Operator)
        {
            Answer = "HostSpending",
            Parameters = [new ApiParameter("month", "The month (UTC), such as 2026-11.", """{"type":"string","pattern":"^[0-9]{4}-[0-9]{2}$"}""")],
            Problems = [ApiProblem.UnknownOrganization],
        }, async http =>
        {
            key.Check(http);
            var organization = ApiQuery.Path(http, "id");
            if (!DateTimeOffset.TryParseExact(http.Request.Query["month"].ToString(), "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var month)
                || month.Year is < 2000 or > 9000)
            {
                throw ApiException.Field("?month", "It is a month, such as 2026-11.");
            }

            await MadeAsync(configuration, organization, http.RequestAborted);
            var sums = await configuration.Store.SumUsageAsync(organization, month, month.AddMonths(1), UsageGrouping.None, http.RequestAborted);
            await ApiReply.WriteOnceAsync(http, new JsonObject { ["costUsd"] = sums is [var sum] ? sum.Cost : 0 });
        });
    }

    // Since when there is the organization; null: nobody knows, it is a file's or the environment's.
    private static async ValueTask<DateTimeOffset?> MadeAsync(ApiConfiguration configuration, string id, CancellationToken ct) =>
        await configuration.Cache.FindAsync(id, AgentProfiles.DefaultName, ct) is { } organization
            ? organization.Document is { Origin: ConfigurationOrigin.Api } made ? made.Created : null
            : throw new ApiException(ApiProblem.UnknownOrganization, $"There is no organization \"{id}\".");
}
