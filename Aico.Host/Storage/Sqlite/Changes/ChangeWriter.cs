namespace Aico.Host.Storage.Sqlite.Changes;

/// <summary>Makes changes in the transaction that the connection is in.</summary>
internal static class ChangeWriter
{
    public static long Apply(SqliteSession session, IReadOnlyList<StoreChange> changes, StoreActor actor, DateTimeOffset now)
    {
        var scope = new ChangeScope(session, actor, now);
        foreach (var change in changes)
        {
            Apply(scope, change);
        }

        return scope.Finish();
    }

    private static void Apply(ChangeScope scope, StoreChange change)
    {
        // Keys may be of an organization that is described elsewhere.
        if (change is not (StoreChange.CreateOrganization or StoreChange.AddApiKey or StoreChange.EndApiKey))
        {
            scope.RequireOrganization(change.OrganizationId);
        }

        switch (change)
        {
            case StoreChange.CreateOrganization create:
                OrganizationChanges.Create(scope, create);
                break;
            case StoreChange.RenameOrganization rename:
                OrganizationChanges.Rename(scope, rename);
                break;
            case StoreChange.DeleteOrganization delete:
                OrganizationChanges.Delete(scope, delete);
                break;
            case StoreChange.PutProvider put:
                ProviderChanges.Put(scope, put);
                break;
            case StoreChange.DeleteProvider delete:
                ProviderChanges.Delete(scope, delete);
                break;
            case StoreChange.PutSecrets put:
                SecretChanges.Put(scope, put);
                break;
            case StoreChange.DeleteSecrets delete:
                SecretChanges.Delete(scope, delete);
                break;
            case StoreChange.PutAgent put:
                AgentChanges.Put(scope, put);
                break;
            case StoreChange.DeleteAgent delete:
                AgentChanges.Delete(scope, delete);
                break;
            case StoreChange.AddApiKey add:
                ApiKeyChanges.Add(scope, add);
                break;
            case StoreChange.EndApiKey end:
                ApiKeyChanges.End(scope, end);
                break;
            default:
                throw new ArgumentException($"{change.GetType().Name} is no change that this store knows.", nameof(change));
        }
    }
}
