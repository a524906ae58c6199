using Aico.Host.Storage.Sqlite.Queries;

namespace Aico.Host.Storage.Sqlite.Changes;

internal static class ProviderChanges
{
    public static void Put(ChangeScope scope, StoreChange.PutProvider change)
    {
        var before = Find(scope, change.OrganizationId, change.Key);
        ChangeScope.Expect(change, Subject(change.Key), before?.Revision ?? 0);
        var after = new ProviderRow(change.Key, change.Config, change.IsEnabled, change.Priority, scope.RevisionOf(change.OrganizationId), default);
        // Before it is written: this refuses what is no JSON.
        scope.Audit(change.OrganizationId, "provider.put", change.Key, before is null ? null : Text(before), Text(after));
        scope.Session.Execute(
            "INSERT INTO providers (organization_id, key, config, is_enabled, priority, revision, updated) VALUES ($1, $2, $3, $4, $5, $6, $7) "
            + "ON CONFLICT (organization_id, key) DO UPDATE SET config = excluded.config, is_enabled = excluded.is_enabled, "
            + "priority = excluded.priority, revision = excluded.revision, updated = excluded.updated",
            change.OrganizationId, change.Key, change.Config, change.IsEnabled ? 1L : 0L, (long)change.Priority, after.Revision, scope.Now);
    }

    public static void Delete(ChangeScope scope, StoreChange.DeleteProvider change)
    {
        var before = Find(scope, change.OrganizationId, change.Key) ?? throw new StoreNotFoundException(Subject(change.Key));
        ChangeScope.Expect(change, Subject(change.Key), before.Revision);
        scope.RevisionOf(change.OrganizationId);
        scope.Session.Execute("DELETE FROM providers WHERE organization_id = $1 AND key = $2", change.OrganizationId, change.Key);
        scope.Audit(change.OrganizationId, "provider.delete", change.Key, Text(before), null);
    }

    private static ProviderRow? Find(ChangeScope scope, string organizationId, string key) => scope.Session.First(
        "SELECT key, config, is_enabled, priority, revision, updated FROM providers WHERE organization_id = $1 AND key = $2",
        OrganizationQueries.MapProvider, organizationId, key);

    private static string Subject(string key) => $"The provider \"{key}\"";

    private static string Text(ProviderRow row) => AuditText.Of(writer =>
    {
        AuditText.WriteJson(writer, "config", row.Config);
        writer.WriteBoolean("isEnabled", row.IsEnabled);
        writer.WriteNumber("priority", row.Priority);
    });
}
