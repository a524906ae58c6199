using Microsoft.Data.Sqlite;

namespace Aico.Host.Storage.Sqlite.Queries;

internal static class ApiKeyQueries
{
    public const string Columns = "id, organization_id, name, hash, scopes, created, expires, ended, last_used";

    public static ApiKeyRow? Find(SqliteSession session, byte[] hash) => session.First($"SELECT {Columns} FROM api_keys WHERE hash = $1", Map, hash);

    public static IReadOnlyList<ApiKeyRow> List(SqliteSession session, string organizationId) => session.List(
        $"SELECT {Columns} FROM api_keys WHERE organization_id = $1 ORDER BY created DESC, rowid DESC", Map, organizationId);

    public static bool Touch(SqliteSession session, IReadOnlyDictionary<string, DateTimeOffset> lastUsed)
    {
        foreach (var (id, moment) in lastUsed)
        {
            // Hosts that share the file report in any order.
            session.Execute("UPDATE api_keys SET last_used = max(coalesce(last_used, 0), $2) WHERE id = $1", id, SqliteText.Of(moment));
        }

        return true;
    }

    public static ApiKeyRow Map(SqliteDataReader reader) => new()
    {
        Id = reader.GetString(0),
        OrganizationId = reader.GetString(1),
        Name = reader.GetString(2),
        Hash = reader.GetFieldValue<byte[]>(3),
        Scopes = reader.GetString(4).Split(' ', StringSplitOptions.RemoveEmptyEntries),
        Created = SqliteText.Moment(reader.GetInt64(5)),
        Expires = Moment(reader, 6),
        Ended = Moment(reader, 7),
        LastUsed = Moment(reader, 8),
    };

    private static DateTimeOffset? Moment(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : SqliteText.Moment(reader.GetInt64(column));
}
