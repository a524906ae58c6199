namespace Aico.Abstractions;

/// <summary>Whose call a request serves. Shared local models use it to be fair between organizations.</summary>
/// <param name="OrganizationId">The organization; "default" where there is only one.</param>
/// <param name="CallId">The call, unique on this host.</param>
public sealed record CallIdentity(string OrganizationId, string CallId)
{
    /// <summary>A request outside any call, such as a check of a provider.</summary>
    public static CallIdentity None { get; } = new("default", "none");
}
