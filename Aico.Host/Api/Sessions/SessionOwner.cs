using Aico.Host.Calls.Rooms;
using Aico.Host.Hosts;
using Aico.Host.Organizations.Agents;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Resolution;

namespace Aico.Host.Api.Sessions;

/// <summary>
/// Whose a session is: that of the organization that has its id now, and not that of a former one, which was deleted and whose id was given
/// to another. What callers said to that one is nobody's any more.
/// </summary>
internal sealed class SessionOwner(OrganizationCache cache)
{
    /// <summary>False where there is no such organization, or the session began before it was made.</summary>
    /// <exception cref="OrganizationSourceException">Nobody can say at present.</exception>
    public async ValueTask<bool> HasAsync(string organizationId, DateTimeOffset started, string version, CancellationToken ct) =>
        await cache.FindAsync(organizationId, AgentProfiles.DefaultName, ct) is { } organization && Is(organization.Document, started, version);

    /// <summary>True where the call is not a former organization's.</summary>
    /// <param name="organization">As it is now; null: it is configured nowhere, or by another host.</param>
    /// <param name="call">One of the id.</param>
    public static bool Is(OrganizationDocument? organization, RoomCallInfo call) => Is(organization, call.Started, call.ConfigurationVersion);

    /// <summary>True where the call of another host is not a former organization's.</summary>
    public static bool Is(OrganizationDocument? organization, RunningSession session) => Is(organization, session.Started, session.ConfigurationVersion);

    // What the environment served before was this organization's too: the operator has begun to configure it. Files tell when they were
    // written last, not since when there is the organization.
    private static bool Is(OrganizationDocument? organization, DateTimeOffset started, string version) =>
        organization is not { Origin: ConfigurationOrigin.Api } made || started >= made.Created || version == OrganizationResolver.EnvironmentVersion;
}
