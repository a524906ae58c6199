using System.Text.Json;
using System.Text.Json.Nodes;
using Aico.Host.Calls;
using Aico.Host.Calls.Rooms;

namespace Aico.Host.Api.Sessions;

/// <summary>A session as the API shows it; what is not known is null and never left out.</summary>
internal static class SessionView
{
    public static JsonObject Summary(RoomCallInfo call) => new()
    {
        ["id"] = call.Id,
        ["organizationId"] = call.OrganizationId,
        ["roomName"] = call.RoomName,
        ["participantIdentity"] = call.CallerIdentity,
        ["state"] = call.Ended is null ? Name(call.State) : "ended",
        ["ready"] = call.IsReady,
        ["startedAt"] = call.Started.UtcDateTime.ToString("O"),
        ["endedAt"] = call.Ended?.UtcDateTime.ToString("O"),
        ["endReason"] = call.EndReason is { } reason ? Name(reason) : null,
        ["error"] = call.Error,
        ["turnCount"] = call.Turns.Count,
    };

    public static JsonObject Full(RoomCallInfo call)
    {
        var view = Summary(call);
        view["turns"] = new JsonArray([.. call.Turns.Select(turn => TurnJson.Write(turn, call.Providers))]);
        return view;
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
