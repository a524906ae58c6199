using Aico.Host.Calls.Rooms;
using Microsoft.AspNetCore.Http;

namespace Aico.Host.Api;

/// <summary>For which organization a request is.</summary>
internal static class ApiOrganization
{
    public const string Header = "X-Organization-Id";

    /// <exception cref="ApiException">There is none of this name, or none was named and there is no default.</exception>
    public static async Task<string> OfAsync(HttpContext http, IAgentDirectory agents)
    {
        var named = http.Request.Headers[Header].ToString();
        var organization = named.Length > 0 ? named : agents.DefaultOrganizationId;
        if (organization is null)
        {
            throw new ApiException(ApiProblem.Invalid, $"Name the organization in the header {Header}.");
        }

        return await agents.KnowsAsync(organization, http.RequestAborted)
            ? organization
            : throw new ApiException(ApiProblem.UnknownOrganization, $"No organization \"{organization}\" has an agent on this host.");
    }
}
