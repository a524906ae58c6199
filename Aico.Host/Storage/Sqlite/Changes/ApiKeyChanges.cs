using Aico.Host.Storage.Sqlite.Queries;

namespace Aico.Host.Storage.Sqlite.Changes;

/// <summary>Keys have no revisions of their own: they are made and ended, never edited.</summary>
internal static class ApiKeyChanges
{
    public static void Add(ChangeScope scope, StoreChange.AddApiKey change)
    {
        var key = change.Key;
        if (key.OrganizationId != change.OrganizationId)
        {
            throw new ArgumentException("The key is of another organization than the change.", nameof(change));
        }

        var hash = key.Hash.ToArray();
        if (scope.Session.Number("SELECT 1 FROM api_keys WHERE id = $1 OR hash = $2", key.Id, hash) is not null)
        {
            throw new StoreConflictException(Subject(key.Id), 0, 1);
        }

        scope.RevisionOf(change.OrganizationId);
        scope.Session.Execute(
            "INSERT INTO api_keys (id, organization_id, name, hash, scopes, created, expires, ended, last_used) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            key.Id, key.OrganizationId, key.Name, hash, string.Join(' ', key.Scopes), SqliteText.Of(key.Created),
            SqliteText.Of(key.Expires), SqliteText.Of(key.Ended), SqliteText.Of(key.LastUsed));
        scope.Audit(change.OrganizationId, "key.add", key.Id, null, AuditText.Of(writer =>
        {
            writer.WriteString("name", key.Name);
            writer.WriteStartArray("scopes");
            foreach (var name in key.Scopes)
            {
                writer.WriteStringValue(name);
            }

            writer.WriteEndArray();
            AuditText.WriteMoment(writer, "expires", key.Expires);
        }));
    }

    public static void End(ChangeScope scope, StoreChange.EndApiKey change)
    {
        var before = scope.Session.First(
            $"SELECT {ApiKeyQueries.Columns} FROM api_keys WHERE organization_id = $1 AND id = $2", ApiKeyQueries.Map, change.OrganizationId, change.KeyId)
            ?? throw new StoreNotFoundException(Subject(change.KeyId));
        scope.RevisionOf(change.OrganizationId);
        var end = before.Ended is { } earlier && earlier < change.At ? earlier : change.At;
        scope.Session.Execute("UPDATE api_keys SET ended = $2 WHERE id = $1", change.KeyId, SqliteText.Of(end));
        scope.Audit(change.OrganizationId, "key.end", change.KeyId, Text(before.Ended), Text(end));
    }

    private static string Text(DateTimeOffset? ended) => AuditText.Of(writer => AuditText.WriteMoment(writer, "ended", ended));

    private static string Subject(string id) => $"The API key \"{id}\"";
}
