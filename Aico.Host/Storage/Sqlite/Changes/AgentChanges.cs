using Aico.Host.Storage.Sqlite.Queries;

namespace Aico.Host.Storage.Sqlite.Changes;

internal static class AgentChanges
{
    public static void Put(ChangeScope scope, StoreChange.PutAgent change)
    {
        var before = Find(scope, change.OrganizationId, change.Name);
        ChangeScope.Expect(change, Subject(change.Name), before?.Revision ?? 0);
        // Before it is written: this refuses what is no JSON.
        scope.Audit(change.OrganizationId, "agent.put", change.Name, before is null ? null : Text(before.Settings), Text(change.Settings));
        scope.Session.Execute(
            "INSERT INTO agents (organization_id, name, settings, revision, updated) VALUES ($1, $2, $3, $4, $5) "
            + "ON CONFLICT (organization_id, name) DO UPDATE SET settings = excluded.settings, revision = excluded.revision, updated = excluded.updated",
            change.OrganizationId, change.Name, change.Settings, scope.RevisionOf(change.OrganizationId), scope.Now);
    }

    public static void Delete(ChangeScope scope, StoreChange.DeleteAgent change)
    {
        var before = Find(scope, change.OrganizationId, change.Name) ?? throw new StoreNotFoundException(Subject(change.Name));
        ChangeScope.Expect(change, Subject(change.Name), before.Revision);
        scope.RevisionOf(change.OrganizationId);
        scope.Session.Execute("DELETE FROM agents WHERE organization_id = $1 AND name = $2", change.OrganizationId, change.Name);
        scope.Audit(change.OrganizationId, "agent.delete", change.Name, Text(before.Settings), null);
    }

    private static AgentProfileRow? Find(ChangeScope scope, string organizationId, string name) => scope.Session.First(
        "SELECT name, settings, revision, updated FROM agents WHERE organization_id = $1 AND name = $2", OrganizationQueries.MapAgent, organizationId, name);

    private static string Subject(string name) => $"The agent \"{name}\"";

    private static string Text(string settings) => AuditText.Of(writer => AuditText.WriteJson(writer, "settings", settings));
}
