using Microsoft.Data.Sqlite;

namespace Aico.Host.Storage.Sqlite.Queries;

internal static class SessionQueries
{
    public static bool Save(SqliteSession session, SessionRow row)
    {
        session.Execute(
            "INSERT INTO sessions (organization_id, id, room_name, started, ended, summary, document) VALUES ($1, $2, $3, $4, $5, $6, $7) "
            + "ON CONFLICT (organization_id, id) DO UPDATE SET room_name = excluded.room_name, started = excluded.started, "
            + "ended = excluded.ended, summary = excluded.summary, document = excluded.document",
            row.OrganizationId, row.Id, row.RoomName, SqliteText.Of(row.Started), SqliteText.Of(row.Ended), row.Summary, row.Document);
        return true;
    }

    public static IReadOnlyList<SessionRow> List(SqliteSession session, string organizationId, (DateTimeOffset Started, string Id)? before, int limit) => session.List(
        "SELECT organization_id, id, room_name, started, ended, summary, NULL FROM sessions "
        + "WHERE organization_id = $1 AND (started, id) < ($2, $3) ORDER BY started DESC, id DESC LIMIT $4",
        Map, organizationId, before is { } at ? SqliteText.Of(at.Started) : long.MaxValue, before?.Id ?? "", (long)limit);

    public static SessionRow? Find(SqliteSession session, string organizationId, string id) => session.First(
        "SELECT organization_id, id, room_name, started, ended, summary, document FROM sessions WHERE organization_id = $1 AND id = $2", Map, organizationId, id);

    private static SessionRow Map(SqliteDataReader reader) => new(
        reader.GetString(1),
        reader.GetString(0),
        reader.GetString(2),
        SqliteText.Moment(reader.GetInt64(3)),
        reader.IsDBNull(4) ? null : SqliteText.Moment(reader.GetInt64(4)),
        reader.GetString(5),
        reader.IsDBNull(6) ? null : reader.GetString(6));
}
