using System.Text.Json.Nodes;
using Aico.Host.Calls.Rooms;
using Aico.Host.Calls.Rooms.Sessions;
using Aico.Host.Hosts;
using Aico.Host.LiveKit.Api;
using Aico.Host.Organizations.Agents;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Keys;
using Aico.Host.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aico.Host.Api.Sessions;

/// <summary>/api/sessions: start, list, read and end conversations.</summary>
internal static class SessionEndpoints
{
    private const string Tag = "Sessions";
    private const string Path = "/api/sessions";

    public static void Map(IEndpointRouteBuilder routes, ApiServices services)
    {
        var list = new SessionList(services.Calls, services.Hosts, services.Configuration?.Store);
        routes.Map("POST", Path, new ApiOperation("startSession", Tag, "Makes a room, asks the agent into it and signs the caller's token.", ApiAccess.Of(ApiKeyScopes.SessionsWrite))
        {
            Body = "NewSession",
            Answer = "StartedSession",
            Status = StatusCodes.Status201Created,
            IsOfOrganization = true,
            Problems = [ApiProblem.BudgetSpent, ApiProblem.LiveKitFailed, ApiProblem.LiveKitNotConfigured, ApiProblem.HostStopping, ApiProblem.AgentNotReady],
        }, http => StartAsync(http, services));
        routes.Map("GET", Path, new ApiOperation("listSessions", Tag, "Live and past sessions, newest first, without their turns.", ApiAccess.Of(ApiKeyScopes.SessionsRead))
        {
            Answer = "SessionList",
            IsOfOrganization = true,
            Parameters = [new ApiParameter("state", "Only live ones, or only those that have ended.", """{"enum":["live","ended"]}"""), ApiParameter.Limit, ApiParameter.After],
        }, http => ListAsync(http, services, list));
        routes.Map("GET", $"{Path}/{{id}}", new ApiOperation("getSession", Tag, "One session with its turns and their timings.", ApiAccess.Of(ApiKeyScopes.SessionsRead))
        {
            Answer = "Session",
            IsOfOrganization = true,
        }, http => ReadAsync(http, services));
        routes.Map("DELETE", $"{Path}/{{id}}", new ApiOperation("endSession", Tag, "Ends a session; one that has ended stays as it is.", ApiAccess.Of(ApiKeyScopes.SessionsWrite))
        {
            Answer = "SessionSummary",
            Status = StatusCodes.Status202Accepted,
            IsOfOrganization = true,
        }, http => EndAsync(http, services));
    }

    private static async Task StartAsync(HttpContext http, ApiServices services)
    {
        var liveKit = services.RequireLiveKit();
        if (services.IsStopping())
        {
            throw new ApiException(ApiProblem.HostStopping, "Calls that run go on to their end or to the drain time-out. Ask another host, or this one when it has started again.");
        }

        var organization = await ApiOrganization.KnownAsync(http, services);
        var request = SessionBodyReader.Read(await ApiJson.ReadAsync<SessionBody>(http), organization);
        if (await services.Agents.BudgetAsync(organization, http.RequestAborted) is { Refusal: { } refusal })
        {
            throw new ApiException(ApiProblem.BudgetSpent, refusal);
        }

        request = request with
        {
            RoomName = SessionRooms.NameFor(ApiCaller.Of(http), request.RoomName),
            CallerAttributes = SessionRooms.Attributes(request.CallerAttributes, organization),
        };
        try
        {
            var session = await liveKit.Sessions.StartAsync(request, http.RequestAborted);
            var answer = new JsonObject
            {
                ["id"] = session.CallId,
                ["organizationId"] = organization,
                ["serverUrl"] = liveKit.ServerUrl,
                ["roomName"] = session.RoomName,
                ["participantIdentity"] = session.CallerIdentity,
                ["participantName"] = session.CallerName,
                ["participantToken"] = session.CallerToken,
                ["sipCallId"] = session.SipCallId,
                ["agentReady"] = session.IsAgentReady,
            };
            if (session.CallId is { } id && services.Calls.Get(id) is not null)
            {
                http.Response.Headers.Location = $"/api/sessions/{Uri.EscapeDataString(id)}";
            }

            await ApiReply.WriteOnceAsync(http, answer, StatusCodes.Status201Created);
        }
        catch (AgentNotReadyException e)
        {
            throw new ApiException(ApiProblem.AgentNotReady, e.Message);
        }
        catch (TwirpException e)
        {
            throw new ApiException(ApiProblem.LiveKitFailed, e.Message);
        }
    }

    private static async Task ListAsync(HttpContext http, ApiServices services, SessionList list)
    {
        var organization = await ApiOrganization.KnownAsync(http, services);
        bool? live = http.Request.Query["state"].ToString() switch
        {
            "" => null,
            "live" => true,
            "ended" => false,
            _ => throw ApiException.Field("?state", "It is \"live\" or \"ended\", or left out."),
        };
        await ApiReply.WriteAsync(http, await list.ReadAsync(organization, await DocumentAsync(services, organization, http.RequestAborted), live, ApiPage.Of(http), http.RequestAborted));
    }

    private static async Task ReadAsync(HttpContext http, ApiServices services)
    {
        var (call, there, row) = await FindAsync(http, services);
        await ApiReply.WriteAsync(http, call is not null ? SessionView.Full(call) : row is not null ? SessionView.Full(row) : SessionView.Full(there!));
    }

    private static async Task EndAsync(HttpContext http, ApiServices services)
    {
        var (call, there, row) = await FindAsync(http, services);
        if (call is { Ended: null })
        {
            services.Calls.End(call.Id);
        }
        else if (there is not null)
        {
            services.Hosts!.End(there.Id);
        }

        var view = call is not null ? SessionView.Summary(services.Calls.Get(call.Id) ?? call) : row is not null ? SessionView.Summary(row) : SessionView.Summary(there!);
        await ApiReply.WriteOnceAsync(http, view, StatusCodes.Status202Accepted);
    }

    private static async ValueTask<OrganizationDocument?> DocumentAsync(ApiServices services, string organization, CancellationToken ct) =>
        services.Configuration is { } configuration ? (await configuration.Cache.FindAsync(organization, AgentProfiles.DefaultName, ct))?.Document : null;

    // A session of another organization is as good as none: its id must tell nothing. One of the three is set.
    private static async Task<(RoomCallInfo? Call, RunningSession? There, SessionRow? Row)> FindAsync(HttpContext http, ApiServices services)
    {
        var organization = await ApiOrganization.KnownAsync(http, services);
        var id = ApiQuery.Path(http, "id");
        var document = await DocumentAsync(services, organization, http.RequestAborted);
        if (services.Calls.Get(id) is { } call && call.OrganizationId == organization && SessionOwner.Is(document, call))
        {
            return (call, null, null);
        }

        if (services.Configuration is { } configuration && await configuration.Store.FindSessionAsync(organization, id, http.RequestAborted) is { } row)
        {
            return (null, null, row);
        }

        return services.Hosts?.Sessions(organization).FirstOrDefault(session => session.Id == id) is { } there && SessionOwner.Is(document, there)
            ? (null, there, null)
            : throw new ApiException(ApiProblem.NotFound, "There is no such session of this organization.");
    }
}
