namespace Aico.Host.Organizations.Changes;

/// <summary>There is no organization of this id, or the thing of it that was named.</summary>
internal sealed class OrganizationNotFoundException(string message) : Exception(message)
{
    /// <summary>True where it is the organization that is not there.</summary>
    public bool IsOrganization { get; private init; }

    public static OrganizationNotFoundException Organization(string id) => new($"There is no organization \"{id}\".") { IsOrganization = true };
}
