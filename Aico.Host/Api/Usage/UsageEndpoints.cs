using Aico.Host.Organizations.Keys;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aico.Host.Api.Usage;

/// <summary>/api/organizations/current/usage: what an organization's calls used.</summary>
internal static class UsageEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, ApiServices services) =>
        routes.Map("GET", "/api/organizations/current/usage", new ApiOperation("getUsage", "Usage", "What the organization's calls used, summed.", ApiAccess.Of(ApiKeyScopes.UsageRead))
        {
            Answer = "Usage",
            IsOfOrganization = true,
            Parameters =
            [
                new ApiParameter("from", "Date or date-time, inclusive; 30 days before the end where it is left out."),
                new ApiParameter("to", "Date or date-time, exclusive; now where it is left out."),
                new ApiParameter("by", "By what it is summed: day, provider, model, outcome, joined by commas; everything in one sum where it is left out."),
            ],
        }, http => ServeAsync(http, services));

    private static async Task ServeAsync(HttpContext http, ApiServices services)
    {
        string Asked(string name) => http.Request.Query[name].ToString();
        var question = UsageQuestion.Read(
            Asked("from"), Asked("to"), Asked("by"), services.Time.GetUtcNow(), (name, message) => ApiException.Field($"?{name}", message));
        var organization = await ApiOrganization.KnownAsync(http, services);
        var sums = await services.RequireConfiguration().Store.SumUsageAsync(organization, question.From, question.To, question.Grouping, http.RequestAborted);
        var budget = await services.Agents.BudgetAsync(organization, http.RequestAborted);
        await ApiReply.WriteAsync(http, UsageView.Of(organization, question, sums, budget));
    }
}
