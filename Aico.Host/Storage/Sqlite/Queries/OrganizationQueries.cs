using Microsoft.Data.Sqlite;

namespace Aico.Host.Storage.Sqlite.Queries;

internal static class OrganizationQueries
{
    public static IReadOnlyList<OrganizationRow> List(SqliteSession session, string? afterId, int limit) => session.List(
        "SELECT id, name, revision, created, updated FROM organizations WHERE id > $1 ORDER BY id LIMIT $2", Map, afterId ?? "", (long)limit);

    public static OrganizationRecord? Find(SqliteSession session, string id) => session.Snapshot(() =>
    {
        var organization = session.First("SELECT id, name, revision, created, updated FROM organizations WHERE id = $1", Map, id);
        return organization is null
            ? null
            : new OrganizationRecord(
                organization,
                session.List("SELECT key, config, is_enabled, priority, revision, updated FROM providers WHERE organization_id = $1 ORDER BY key", MapProvider, id),
                session.List(
                    "SELECT provider_key, name, key_id, wrapped_key, ciphertext, hint, revision, updated FROM secrets WHERE organization_id = $1 ORDER BY provider_key, name",
                    SecretQueries.Map, id),
                session.List("SELECT name, settings, revision, updated FROM agents WHERE organization_id = $1 ORDER BY name", MapAgent, id));
    });

    public static IReadOnlyList<ChangedOrganization> ChangesSince(SqliteSession session, long revision, int limit) => session.List(
        "SELECT id, revision, is_deleted FROM changed_organizations WHERE revision > $1 ORDER BY revision LIMIT $2",
        reader => new ChangedOrganization(reader.GetString(0), reader.GetInt64(1), reader.GetBoolean(2)), revision, (long)limit);

    public static OrganizationRow Map(SqliteDataReader reader) =>
        new(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), SqliteText.Moment(reader.GetInt64(3)), SqliteText.Moment(reader.GetInt64(4)));

    public static ProviderRow MapProvider(SqliteDataReader reader) => new(
        reader.GetString(0), reader.GetString(1), reader.GetBoolean(2), reader.GetInt32(3), reader.GetInt64(4), SqliteText.Moment(reader.GetInt64(5)));

    public static AgentProfileRow MapAgent(SqliteDataReader reader) =>
        new(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), SqliteText.Moment(reader.GetInt64(3)));
}
