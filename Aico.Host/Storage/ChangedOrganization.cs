namespace Aico.Host.Storage;

/// <param name="Id">Which.</param>
/// <param name="Revision">Of its latest change.</param>
/// <param name="IsDeleted">True where the store has none of this id: it was deleted, or is described elsewhere and its keys were changed.</param>
internal sealed record ChangedOrganization(string Id, long Revision, bool IsDeleted);
