using Aico.Host.Calls.Rooms;

namespace Aico.Host.Api.Sessions;

/// <summary>
/// All organizations' rooms are on one LiveKit server, where whoever has a token for a room hears what is said in it. So the rooms that an
/// organization asks for by name are under its id, which no other organization's can be: an id has no dot in it.
/// </summary>
internal static class SessionRooms
{
    /// <summary>The room that is meant by a name. The operator's names are taken as they are.</summary>
    public static string? NameFor(ApiCaller caller, string? name) =>
        name is { Length: > 0 } && caller.OrganizationId is { } own && !name.StartsWith($"{own}.", StringComparison.Ordinal) ? $"{own}.{name}" : name;

    /// <summary>Attributes of a caller who belongs to an organization, whatever else they say.</summary>
    public static Dictionary<string, string> Attributes(IReadOnlyDictionary<string, string>? asked, string organizationId) =>
        new(asked ?? new Dictionary<string, string>(), StringComparer.Ordinal) { [JobWish.OrganizationAttribute] = organizationId };
}
