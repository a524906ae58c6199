using System.Globalization;
using System.Text.Json.Nodes;
using Aico.Host.Organizations.Keys;
using Aico.Host.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aico.Host.Api.Usage;

/// <summary>/api/organizations/current/usage: what an organization's calls used.</summary>
internal static class UsageEndpoints
{
    private static readonly TimeSpan DefaultSpan = TimeSpan.FromDays(30);
    private static readonly TimeSpan LongestSpan = TimeSpan.FromDays(3_660);

    public static void Map(IEndpointRouteBuilder routes, ApiServices services) =>
        routes.Map("GET", "/api/organizations/current/usage", new ApiOperation("getUsage", "Usage", "What the organization's calls used, summed.", ApiAccess.Of(ApiKeyScopes.UsageRead))
        {
            Answer = "Usage",
            IsOfOrganization = true,
            Parameters =
            [
                new ApiParameter("from", "Date or date-time, inclusive; 30 days before the end where it is left out."),
                new ApiParameter("to", "Date or date-time, exclusive; now where it is left out."),
                new ApiParameter("by", "By what it is summed: day, provider, model, joined by commas; everything in one sum where it is left out."),
            ],
        }, http => ServeAsync(http, services));

    private static async Task ServeAsync(HttpContext http, ApiServices services)
    {
        var to = Time(http, "to") ?? services.Time.GetUtcNow();
        var from = Time(http, "from") ?? (to - DateTimeOffset.MinValue > DefaultSpan ? to - DefaultSpan : DateTimeOffset.MinValue);
        if (from >= to || to - from > LongestSpan)
        {
            throw ApiException.Field("?from", "It lies before \"to\", by ten years at most.");
        }

        var grouping = Grouping(http);
        var organization = await ApiOrganization.KnownAsync(http, services);
        var sums = await services.RequireConfiguration().Store.SumUsageAsync(organization, from, to, grouping, http.RequestAborted);
        await ApiReply.WriteAsync(http, new JsonObject
        {
            ["organizationId"] = organization,
            ["from"] = ApiJson.Time(from),
            ["to"] = ApiJson.Time(to),
            ["usage"] = new JsonArray([.. sums.Select(View)]),
        });
    }

    private static JsonObject View(UsageSum sum) => new()
    {
        ["day"] = sum.Day?.ToString("O", CultureInfo.InvariantCulture),
        ["type"] = sum.Kind,
        ["provider"] = sum.Provider,
        ["model"] = sum.Model,
        ["attempts"] = sum.Attempts,
        ["errors"] = sum.Errors,
        ["fallbacks"] = sum.Fallbacks,
        ["audioSeconds"] = Math.Round(sum.AudioSeconds, 3),
        ["characters"] = sum.Characters,
        ["inputTokens"] = sum.InputTokens,
        ["cachedInputTokens"] = sum.CachedInputTokens,
        ["outputTokens"] = sum.OutputTokens,
        ["estimatedCostUsd"] = sum.Cost,
    };

    private static DateTimeOffset? Time(HttpContext http, string name)
    {
        var text = http.Request.Query[name].ToString();
        return text.Length == 0 ? null
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time
            : throw ApiException.Field($"?{name}", "It is a date or a date-time, such as 2026-01-31 or 2026-01-31T12:00:00Z.");
    }

    private static UsageGrouping Grouping(HttpContext http)
    {
        var grouping = UsageGrouping.None;
        foreach (var part in http.Request.Query["by"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            grouping |= part switch
            {
                "day" => UsageGrouping.Day,
                "provider" => UsageGrouping.Provider,
                "model" => UsageGrouping.Model,
                _ => throw ApiException.Field("?by", "It is made of day, provider, model."),
            };
        }

        return grouping;
    }
}
