using Aico.Host.Organizations.Agents;
using Aico.Host.Organizations.Resolution;
using Microsoft.AspNetCore.Http;

namespace Aico.Host.Api;

/// <summary>For which organization a request is. The gate has refused who names another than its own.</summary>
internal static class ApiOrganization
{
    public const string Header = "X-Organization-Id";

    /// <summary>The id alone; whether there is such an organization is not looked at.</summary>
    /// <exception cref="ApiException">None was named and there is no default.</exception>
    public static string Of(HttpContext http, ApiServices services)
    {
        var caller = ApiCaller.Of(http);
        return caller.OrganizationId
            ?? (http.Request.Headers[Header] is { Count: > 0 } named ? named.ToString() : null)
            ?? services.DefaultOrganizationId
            ?? throw ApiException.Field($"@{Header}", "Name the organization: this host has no default one.");
    }

    /// <exception cref="ApiException">There is none of this name, or none was named and there is no default.</exception>
    public static async ValueTask<string> KnownAsync(HttpContext http, ApiServices services)
    {
        var organization = Of(http, services);
        return await services.Agents.KnowsAsync(organization, http.RequestAborted)
            || (services.Configuration is { } configuration
                && await configuration.Cache.FindAsync(organization, AgentProfiles.DefaultName, http.RequestAborted) is not null)
            ? organization
            : throw Unknown();
    }

    /// <summary>Its configuration, as the next call would have it.</summary>
    /// <exception cref="ApiException">There is none of this name.</exception>
    public static async ValueTask<ResolvedOrganization> ResolveAsync(HttpContext http, ApiServices services, string agent = AgentProfiles.DefaultName)
    {
        var organization = Of(http, services);
        return await services.RequireConfiguration().Cache.FindAsync(organization, agent, http.RequestAborted)
            ?? throw (agent == AgentProfiles.DefaultName ? Unknown() : new ApiException(ApiProblem.NotFound, "The organization has no agent of this name."));
    }

    /// <summary>The same for one that exists and belongs to another as for one that does not exist.</summary>
    public static ApiException Unknown() => new(ApiProblem.UnknownOrganization, "There is no organization of this name, or the key is not for it.");
}
