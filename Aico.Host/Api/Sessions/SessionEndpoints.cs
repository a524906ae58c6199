using System.Text.Json.Nodes;
using Aico.Host.Calls.Rooms;
using Aico.Host.Calls.Rooms.Sessions;
using Aico.Host.LiveKit.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aico.Host.Api.Sessions;

/// <summary>/api/sessions: start, list, read and end conversations.</summary>
internal static class SessionEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, ApiServices services)
    {
        routes.MapPost("/api/sessions", http => StartAsync(http, services));
        routes.MapGet("/api/sessions", http => ListAsync(http, services));
        routes.MapGet("/api/sessions/{id}", http => ReadAsync(http, services));
        routes.MapDelete("/api/sessions/{id}", http => EndAsync(http, services));
    }

    private static async Task StartAsync(HttpContext http, ApiServices services)
    {
        var liveKit = services.RequireLiveKit();
        var organization = await ApiOrganization.OfAsync(http, services.Agents);
        var request = SessionBodyReader.Read(await ApiJson.ReadAsync<SessionBody>(http), organization);
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
            http.Response.StatusCode = StatusCodes.Status201Created;
            if (session.CallId is { } id)
            {
                http.Response.Headers.Location = $"/api/sessions/{Uri.EscapeDataString(id)}";
            }

            await http.Response.WriteAsJsonAsync(answer, ApiJson.Options, http.RequestAborted);
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

    private static async Task ListAsync(HttpContext http, ApiServices services)
    {
        var organization = await ApiOrganization.OfAsync(http, services.Agents);
        var state = http.Request.Query["state"].ToString();
        if (state is not ("" or "live" or "ended"))
        {
            throw new ApiException(ApiProblem.Invalid, "The query is not valid.", [new ApiFieldError("?state", "It is \"live\" or \"ended\", or left out.")]);
        }

        var calls = services.Calls.List()
            .Where(call => call.OrganizationId == organization && (state.Length == 0 || call.Ended is null == (state == "live")));
        await http.Response.WriteAsJsonAsync(
            new JsonObject { ["sessions"] = new JsonArray([.. calls.Select(SessionView.Summary)]) }, ApiJson.Options, http.RequestAborted);
    }

    private static async Task ReadAsync(HttpContext http, ApiServices services) =>
        await http.Response.WriteAsJsonAsync(SessionView.Full(await FindAsync(http, services)), ApiJson.Options, http.RequestAborted);

    private static async Task EndAsync(HttpContext http, ApiServices services)
    {
        var call = await FindAsync(http, services);
        if (call.Ended is null)
        {
            services.Calls.End(call.Id);
        }

        http.Response.StatusCode = StatusCodes.Status202Accepted;
        await http.Response.WriteAsJsonAsync(SessionView.Summary(services.Calls.Get(call.Id) ?? call), ApiJson.Options, http.RequestAborted);
    }

    // A session of another organization is as good as none: its id must tell nothing.
    private static async Task<RoomCallInfo> FindAsync(HttpContext http, ApiServices services)
    {
        var organization = await ApiOrganization.OfAsync(http, services.Agents);
        var id = (string)http.Request.RouteValues["id"]!;
        return services.Calls.Get(id) is { } call && call.OrganizationId == organization
            ? call
            : throw new ApiException(ApiProblem.NotFound, $"There is no session \"{id}\" of this organization.");
    }
}
