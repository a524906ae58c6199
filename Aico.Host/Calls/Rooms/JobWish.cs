using System.Text.Json;
using Aico.Host.LiveKit.Worker;

namespace Aico.Host.Calls.Rooms;

/// <summary>What those who asked for the agent have said: for which organization, for whom, and which of its agents.</summary>
/// <param name="OrganizationId">Null where nobody named one.</param>
/// <param name="CallerIdentity">Null: whoever comes first.</param>
/// <param name="AgentName">Null: the organization's default agent.</param>
/// <param name="IsRefusalTold">True: whoever waits reads in the room's metadata why a job was refused.</param>
internal sealed record JobWish(string? OrganizationId, string? CallerIdentity, string? AgentName, bool IsRefusalTold)
{
    /// <summary>The member of the job's metadata for <see cref="IsRefusalTold"/>; the room is there for this job alone.</summary>
    public const string RefusalMember = "tellsRefusal";

    /// <summary>The attribute of dispatches and participants that names the organization.</summary>
    public const string OrganizationAttribute = "aico.organization";

    /// <summary>The dispatch decides first, then the room, then the participant for whom the job is.</summary>
    public static JobWish Of(RoomJob job)
    {
        var (organization, caller, agent, isRefusalTold) = Read(job.Metadata);
        organization ??= Named(job.Attributes);
        var (roomOrganization, roomCaller, roomAgent, _) = Read(job.RoomMetadata);
        organization ??= roomOrganization ?? Named(job.ParticipantAttributes);
        return new JobWish(organization, job.ParticipantIdentity ?? caller ?? roomCaller, agent ?? roomAgent, isRefusalTold);
    }

    public static string? Named(IReadOnlyDictionary<string, string> attributes) =>
        attributes.TryGetValue(OrganizationAttribute, out var value) && value.Length > 0 ? value : null;

    // Metadata is anyone's text: what is not an object of JSON says nothing about us.
    private static (string? Organization, string? Caller, string? Agent, bool IsRefusalTold) Read(string metadata)
    {
        if (!metadata.AsSpan().TrimStart().StartsWith("{"))
        {
            return default;
        }

        try
        {
            using var document = JsonDocument.Parse(metadata);
            var root = document.RootElement;
            var isRefusalTold = root.TryGetProperty(RefusalMember, out var tells) && tells.ValueKind == JsonValueKind.True;
            return (Text(root, "organization") ?? Text(root, "organizationId"), Text(root, "participantIdentity"), Text(root, "agent"), isRefusalTold);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
