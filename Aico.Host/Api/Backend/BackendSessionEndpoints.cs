using Aico.Host.Api.Sessions;
using Aico.Host.Organizations.Remote;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Aico.Host.Api.Backend;

/// <summary>Takes the sessions that have ended on hosts without a store of their own. For the internal key alone.</summary>
internal static class BackendSessionEndpoints
{
    /// <summary>A session of hours with all its turns is some megabytes.</summary>
    private const long LargestSession = 16 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder routes, ApiBackend backend, ApiConfiguration configuration)
    {
        var key = new BackendKey(backend);
        var owner = new SessionOwner(configuration.Cache);
        routes.Map("PUT", $"{BackendAddress.Organizations}/{{id}}/{BackendAddress.Sessions}/{{session}}", new ApiOperation("keepSession", "Hosts", "Keeps a session that has ended on another host; one that is kept already is replaced.", ApiAccess.Operator)
        {
            Body = "Session",
            Status = StatusCodes.Status204NoContent,
            Problems = [ApiProblem.UnknownOrganization],
        }, async http =>
        {
            key.Check(http);
            // Only now: nobody else sends so much.
            if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            {
                limit.MaxRequestBodySize = LargestSession;
            }

            var (organization, id) = (ApiQuery.Path(http, "id"), ApiQuery.Path(http, "session"));
            var session = SessionIntake.Read(await ApiJson.ReadObjectAsync(http), organization, id);
            if (!await owner.HasAsync(organization, session.Row.Started, session.Version, http.RequestAborted))
            {
                throw new ApiException(ApiProblem.UnknownOrganization, $"There is no organization \"{organization}\", or it was made after the session had begun.");
            }

            await configuration.Store.SaveSessionAsync(session.Row, http.RequestAborted);
            ApiReply.Empty(http);
        });
    }
}
