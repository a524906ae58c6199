using System.Text.Json.Nodes;
using Aico.Host.Calls;
using Aico.Host.Calls.Rooms;
using Aico.Host.Hosts;
using Aico.Host.Storage;

namespace Aico.Host.Api.Sessions;

/// <summary>A session as the API shows it; what is not known is null and never left out.</summary>
internal static class SessionView
{
    public static JsonObject Summary(RoomCallInfo call) => new()
    {
        ["id"] = call.Id,
        ["organizationId"] = call.OrganizationId,
        ["agent"] = call.AgentName,
        ["configurationVersion"] = call.ConfigurationVersion,
        ["roomName"] = call.RoomName,
        ["participantIdentity"] = call.CallerIdentity,
        ["state"] = call.Ended is null ? ApiJson.Name(call.State) : "ended",
        ["ready"] = call.IsReady,
        ["startedAt"] = ApiJson.Time(call.Started),
        ["endedAt"] = call.Ended is { } ended ? ApiJson.Time(ended) : null,
        ["endReason"] = call.EndReason is { } reason ? ApiJson.Name(reason) : null,
        ["error"] = call.Error,
        ["turnCount"] = call.Turns.Count,
    };

    public static JsonObject Full(RoomCallInfo call)
    {
        var view = Summary(call);
        view["turns"] = new JsonArray([.. call.Turns.Select(turn => TurnJson.Write(turn, call.Providers))]);
        return view;
    }

    /// <summary>As this host reports it to its backend.</summary>
    public static RunningSession Running(RoomCallInfo call) => new()
    {
        Id = call.Id,
        OrganizationId = call.OrganizationId,
        Agent = call.AgentName,
        ConfigurationVersion = call.ConfigurationVersion,
        RoomName = call.RoomName,
        CallerIdentity = call.CallerIdentity,
        State = ApiJson.Name(call.State),
        IsReady = call.IsReady,
        Started = call.Started,
        Turns = call.Turns.Count,
    };

    /// <summary>One that another host has reported.</summary>
    public static JsonObject Summary(RunningSession session)
    {
        var view = HostStatusJson.Write(session);
        foreach (var name in new[] { "endedAt", "endReason", "error" })
        {
            view[name] = null;
        }

        return view;
    }

    /// <summary>Its words are on that host until it has ended.</summary>
    public static JsonObject Full(RunningSession session)
    {
        var view = Summary(session);
        view["turns"] = null;
        return view;
    }

    /// <summary>One that the store remembers.</summary>
    public static JsonObject Summary(SessionRow row) => JsonNode.Parse(row.Summary) as JsonObject ?? [];

    public static JsonObject Full(SessionRow row)
    {
        var view = Summary(row);
        foreach (var (name, value) in row.Document is null ? [] : JsonNode.Parse(row.Document) as JsonObject ?? [])
        {
            view[name] = value?.DeepClone();
        }

        return view;
    }
}
