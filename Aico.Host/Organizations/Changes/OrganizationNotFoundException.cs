namespace Aico.Host.Organizations.Changes;

/// <summary>There is no organization of this id, or the thing of it that was named.</summary>
internal sealed class OrganizationNotFoundException(string message) : Exception(message)
{
    public static OrganizationNotFoundException Organization(string id) => new($"There is no organization \"{id}\".");
}
