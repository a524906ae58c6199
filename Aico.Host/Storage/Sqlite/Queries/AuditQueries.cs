using Microsoft.Data.Sqlite;

namespace Aico.Host.Storage.Sqlite.Queries;

internal static class AuditQueries
{
    public static IReadOnlyList<AuditRow> List(SqliteSession session, string organizationId, long? below, int limit) => session.List(
        "SELECT sequence, organization_id, at, actor, action, subject, before, after FROM audit "
        + "WHERE organization_id = $1 AND sequence < $2 ORDER BY sequence DESC LIMIT $3",
        Map, organizationId, below ?? long.MaxValue, (long)limit);

    private static AuditRow Map(SqliteDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetString(1),
        SqliteText.Moment(reader.GetInt64(2)),
        reader.GetString(3),
        reader.GetString(4),
        reader.GetString(5),
        reader.IsDBNull(6) ? null : reader.GetString(6),
        reader.IsDBNull(7) ? null : reader.GetString(7));
}
