using System.Globalization;
using System.Text.Json.Nodes;
using Aico.Host.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aico.Host.Api.Audit;

/// <summary>/api/organizations/current/audit: who changed what, for the operator.</summary>
internal static class AuditEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, ApiServices services) =>
        routes.Map("GET", "/api/organizations/current/audit", new ApiOperation("listAudit", "Audit", "Every change of the organization's configuration, newest first, that of a deleted organization too; secrets are never in it.", ApiAccess.Operator)
        {
            Answer = "AuditList",
            IsOfOrganization = true,
            Parameters = [ApiParameter.Limit, ApiParameter.After],
        }, http => ServeAsync(http, services));

    private static async Task ServeAsync(HttpContext http, ApiServices services)
    {
        var page = ApiPage.Of(http);
        long? below = page.After is null ? null
            : long.TryParse(page.After, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence
            : throw ApiPage.NotACursor();
        var organization = ApiOrganization.Of(http, services);
        var found = await services.RequireConfiguration().Store.ListAuditAsync(organization, below, page.Limit + 1, http.RequestAborted);
        if (found.Count == 0)
        {
            // What was deleted has a past; what never was has none.
            await ApiOrganization.KnownAsync(http, services);
        }

        var shown = found.Take(page.Limit).ToList();
        var next = found.Count > page.Limit ? shown[^1].Sequence.ToString(CultureInfo.InvariantCulture) : null;
        await ApiReply.WriteAsync(http, ApiPage.Answer("entries", shown.Select(View), next));
    }

    private static JsonObject View(AuditRow row) => new()
    {
        ["sequence"] = row.Sequence,
        ["at"] = ApiJson.Time(row.At),
        ["actor"] = row.Actor,
        ["action"] = row.Action,
        ["subject"] = row.Subject,
        ["before"] = row.Before is null ? null : JsonNode.Parse(row.Before),
        ["after"] = row.After is null ? null : JsonNode.Parse(row.After),
    };
}
