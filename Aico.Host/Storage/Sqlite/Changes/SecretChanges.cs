using Aico.Host.Storage.Sqlite.Queries;

namespace Aico.Host.Storage.Sqlite.Changes;

/// <summary>The revision that a change of secrets expects is the highest of the provider's secrets.</summary>
internal static class SecretChanges
{
    public static void Put(ChangeScope scope, StoreChange.PutSecrets change)
    {
        var (organizationId, provider) = (change.OrganizationId, change.ProviderKey);
        var before = Find(scope, organizationId, provider);
        ChangeScope.Expect(change, Subject(provider), Revision(before));
        var revision = scope.RevisionOf(organizationId);
        foreach (var secret in change.Secrets)
        {
            scope.Session.Execute(
                "INSERT INTO secrets (organization_id, provider_key, name, key_id, wrapped_key, ciphertext, hint, revision, updated) "
                + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (organization_id, provider_key, name) DO UPDATE SET "
                + "key_id = excluded.key_id, wrapped_key = excluded.wrapped_key, ciphertext = excluded.ciphertext, hint = excluded.hint, "
                + "revision = excluded.revision, updated = excluded.updated",
                organizationId, provider, secret.Name, secret.Encrypted.KeyId, secret.Encrypted.WrappedKey.ToArray(),
                secret.Encrypted.Ciphertext.ToArray(), secret.Hint, revision, scope.Now);
        }

        var names = change.Secrets.Select(secret => secret.Name).ToHashSet(StringComparer.Ordinal);
        scope.Audit(organizationId, "secret.put", provider, Text(before.Select(row => row.Name).Where(names.Contains)), Text(names));
    }

    public static void Delete(ChangeScope scope, StoreChange.DeleteSecrets change)
    {
        var (organizationId, provider) = (change.OrganizationId, change.ProviderKey);
        var before = Find(scope, organizationId, provider);
        var gone = before.Where(row => change.Names is null || change.Names.Contains(row.Name, StringComparer.Ordinal)).Select(row => row.Name).ToList();
        if (gone.Count == 0)
        {
            throw new StoreNotFoundException(change.Names is [var one] ? $"The secret \"{one}\" of \"{provider}\"" : Subject(provider));
        }

        ChangeScope.Expect(change, Subject(provider), Revision(before));
        var revision = scope.RevisionOf(organizationId);
        foreach (var name in gone)
        {
            scope.Session.Execute("DELETE FROM secrets WHERE organization_id = $1 AND provider_key = $2 AND name = $3", organizationId, provider, name);
        }

        // What is left takes the new revision, or somebody who read them all before could overwrite as if nothing had happened.
        scope.Session.Execute("UPDATE secrets SET revision = $3 WHERE organization_id = $1 AND provider_key = $2", organizationId, provider, revision);
        scope.Audit(organizationId, "secret.delete", provider, Text(gone), null);
    }

    private static List<SecretRow> Find(ChangeScope scope, string organizationId, string provider) => scope.Session.List(
        "SELECT provider_key, name, key_id, wrapped_key, ciphertext, hint, revision, updated FROM secrets WHERE organization_id = $1 AND provider_key = $2",
        SecretQueries.Map, organizationId, provider);

    private static long Revision(List<SecretRow> rows) => rows.Select(row => row.Revision).DefaultIfEmpty(0).Max();

    private static string Subject(string provider) => $"The secrets of \"{provider}\"";

    private static string? Text(IEnumerable<string> names)
    {
        var sorted = names.Order(StringComparer.Ordinal).ToList();
        return sorted.Count == 0 ? null : AuditText.Of(writer => sorted.ForEach(name => writer.WriteString(name, "set")));
    }
}
