using System.Text.Json;
using System.Text.Json.Nodes;
using Aico.Host.Api.Sessions;
using Aico.Host.LiveKit.Access;
using Aico.Host.LiveKit.Api;
using Aico.Host.Organizations.Keys;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Api.LiveKit;

/// <summary>/api/livekit: tokens for frontends, and the server's webhooks.</summary>
internal static partial class LiveKitEndpoints
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(15);

    private static readonly JsonSerializerOptions Lenient = new(ApiJson.Options)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Skip,
    };

    public static void Map(IEndpointRouteBuilder routes, ApiServices services)
    {
        var logger = services.Loggers.CreateLogger("Aico.Host.Api.LiveKit.Webhooks");
        routes.Map("POST", "/api/livekit/token", new ApiOperation("issueToken", "LiveKit", "A token for a caller, as LiveKit's starter apps ask for it.", ApiAccess.Of(ApiKeyScopes.SessionsWrite))
        {
            Body = "TokenRequest",
            Answer = "Token",
            IsOfOrganization = true,
            Problems = [ApiProblem.LiveKitNotConfigured],
        }, http => IssueAsync(http, services));
        routes.Map("POST", "/api/livekit/webhook", new ApiOperation("receiveWebhook", "LiveKit", "Takes a webhook of the LiveKit server, which its signature proves.", ApiAccess.Open)
        {
            Body = "Webhook",
            Status = StatusCodes.Status204NoContent,
            TakesIdempotencyKey = false,
            Problems = [ApiProblem.Unauthenticated, ApiProblem.LiveKitNotConfigured],
        }, http => ReceiveAsync(http, services, logger));
    }

    private static async Task IssueAsync(HttpContext http, ApiServices services)
    {
        var liveKit = services.RequireLiveKit();
        var organization = await ApiOrganization.KnownAsync(http, services);
        var body = await ReadBodyAsync(http);
        var unique = Guid.NewGuid().ToString("n");
        var room = body.RoomName is { Length: > 0 } named ? SessionRooms.NameFor(ApiCaller.Of(http), named)! : $"aico-{unique[..12]}";
        var identity = body.ParticipantIdentity is { Length: > 0 } given ? given : $"caller-{unique[12..20]}";
        var name = body.ParticipantName is { Length: > 0 } shown ? shown : identity;
        foreach (var (pointer, value) in new[] { ("/room_name", room), ("/participant_identity", identity), ("/participant_name", name) })
        {
            if (value.Length > 256)
            {
                throw new ApiException(ApiProblem.Invalid, "One field is not valid.", [new ApiFieldError(pointer, "It is longer than 256 characters.")]);
            }
        }

        var token = liveKit.Tokens.Issue(
            new TokenClaims
            {
                Identity = identity,
                Name = name,
                Metadata = body.ParticipantMetadata,
                Attributes = SessionRooms.Attributes(body.ParticipantAttributes, organization),
                Video = new VideoGrant { RoomJoin = true, Room = room, CanUpdateOwnMetadata = true },
                RoomConfig = new RoomConfiguration { Agents = Agents(body, organization, liveKit.AgentName) },
            },
            TokenLifetime);
        var answer = new JsonObject
        {
            ["serverUrl"] = liveKit.ServerUrl,
            ["roomName"] = room,
            ["participantName"] = name,
            ["participantIdentity"] = identity,
            ["participantToken"] = token,
        };
        await ApiReply.WriteOnceAsync(http, answer);
    }

    // Frontends send either spelling; one reader takes both by translating the names that it knows.
    private static async Task<TokenBody> ReadBodyAsync(HttpContext http)
    {
        var bytes = await ApiJson.ReadBytesAsync(http);
        try
        {
            return JsonSerializer.Deserialize<TokenBody>(TokenNames.ToSnakeCase(bytes), Lenient) ?? new TokenBody();
        }
        catch (JsonException e)
        {
            throw new ApiException(ApiProblem.Invalid, "The body cannot be read.", [new ApiFieldError("", e.Message.Split(" LineNumber:")[0])]);
        }
    }

    // Whom a token is for is not the frontend's to say: the organization is put in here, whatever it asks for.
    private static List<RoomAgentDispatch> Agents(TokenBody body, string organization, string agentName)
    {
        var wanted = body.RoomConfig?.Agents is { Count: > 0 } agents ? agents : [new TokenBody.AgentBody()];
        return [.. wanted.Select(agent => new RoomAgentDispatch
        {
            AgentName = agent.AgentName is { Length: > 0 } name ? name : agentName,
            Metadata = Metadata(agent.Metadata, organization),
        })];
    }

    private static string Metadata(string? asked, string organization)
    {
        var metadata = new JsonObject { ["organization"] = organization };
        if (asked is { Length: > 0 })
        {
            metadata["metadata"] = asked;
        }

        return metadata.ToJsonString();
    }

    private static async Task ReceiveAsync(HttpContext http, ApiServices services, ILogger logger)
    {
        var liveKit = services.RequireLiveKit();
        using var memory = new MemoryStream();
        await http.Request.Body.CopyToAsync(memory, http.RequestAborted);
        var check = await liveKit.Webhooks.VerifyAsync(memory.ToArray(), http.Request.Headers.Authorization);
        if (check.Event is not { } received)
        {
            LogRefused(logger, check.Refusal!);
            throw new ApiException(ApiProblem.Unauthenticated, $"The webhook is refused: {check.Refusal}.");
        }

        Note(received, logger);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    // The agent sees in the room itself what happens there: webhooks are for the operator's log.
    private static void Note(WebhookEvent received, ILogger logger) => LogReceived(
        logger, received.Event, received.Room?.Name ?? "", received.Participant?.Identity ?? "", received.NumDropped);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A webhook was refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "LiveKit says {Event}: room {Room}, participant {Participant}, {Dropped} events lost before")]
    private static partial void LogReceived(ILogger logger, string @event, string room, string participant, int dropped);
}
