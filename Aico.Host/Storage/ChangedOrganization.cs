namespace Aico.Host.Storage;

/// <param name="Id">Which.</param>
/// <param name="Revision">Of its latest change.</param>
/// <param name="IsDeleted">True where it is not there any more.</param>
internal sealed record ChangedOrganization(string Id, long Revision, bool IsDeleted);
