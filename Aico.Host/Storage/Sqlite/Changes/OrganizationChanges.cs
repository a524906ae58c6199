namespace Aico.Host.Storage.Sqlite.Changes;

internal static class OrganizationChanges
{
    public static void Create(ChangeScope scope, StoreChange.CreateOrganization change)
    {
        var id = change.OrganizationId;
        if (Find(scope, id) is { } there)
        {
            throw new StoreConflictException(Subject(id), 0, there.Revision);
        }

        ChangeScope.Expect(change, Subject(id), 0);
        ForgetKeys(scope, id);
        scope.Session.Execute(
            "INSERT INTO organizations (id, name, revision, created, updated) VALUES ($1, $2, $3, $4, $4)", id, change.Name, scope.RevisionOf(id), scope.Now);
        scope.Audit(id, "organization.create", "", null, AuditText.OfName(change.Name));
    }

    public static void Rename(ChangeScope scope, StoreChange.RenameOrganization change)
    {
        var id = change.OrganizationId;
        var before = Find(scope, id)!;
        ChangeScope.Expect(change, Subject(id), before.Revision);
        scope.RevisionOf(id);
        scope.Session.Execute("UPDATE organizations SET name = $2 WHERE id = $1", id, change.Name);
        scope.Audit(id, "organization.rename", "", AuditText.OfName(before.Name), AuditText.OfName(change.Name));
    }

    public static void Delete(ChangeScope scope, StoreChange.DeleteOrganization change)
    {
        var id = change.OrganizationId;
        var before = Find(scope, id)!;
        ChangeScope.Expect(change, Subject(id), before.Revision);
        scope.RevisionOf(id);
        // Providers, secrets and agents go with it by their references.
        scope.Session.Execute("DELETE FROM organizations WHERE id = $1", id);
        Forget(scope, id);
        scope.Audit(id, "organization.delete", "", AuditText.OfName(before.Name), null);
    }

    // One that a file described leaves its keys behind when the file goes, and the next of the id is another.
    private static void ForgetKeys(ChangeScope scope, string id)
    {
        foreach (var key in Queries.ApiKeyQueries.List(scope.Session, id))
        {
            scope.Session.Execute("DELETE FROM api_keys WHERE id = $1", key.Id);
            scope.Audit(id, "key.delete", key.Id, AuditText.OfName(key.Name), null);
        }
    }

    // Whoever gets the id next must not read what callers said to its former owner, nor be opened by the former owner's keys.
    private static void Forget(ChangeScope scope, string id)
    {
        scope.Session.Execute("DELETE FROM sessions WHERE organization_id = $1", id);
        scope.Session.Execute("DELETE FROM usage WHERE organization_id = $1", id);
        scope.Session.Execute("DELETE FROM usage_batches WHERE organization_id = $1", id);
        scope.Session.Execute("DELETE FROM api_keys WHERE organization_id = $1", id);
    }

    private static OrganizationRow? Find(ChangeScope scope, string id) => scope.Session.First(
        "SELECT id, name, revision, created, updated FROM organizations WHERE id = $1", Queries.OrganizationQueries.Map, id);

    private static string Subject(string id) => $"The organization \"{id}\"";
}
