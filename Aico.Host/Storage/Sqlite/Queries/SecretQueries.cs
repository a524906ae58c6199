using Microsoft.Data.Sqlite;

namespace Aico.Host.Storage.Sqlite.Queries;

internal static class SecretQueries
{
    private const string Columns = "provider_key, name, key_id, wrapped_key, ciphertext, hint, revision, updated, organization_id";

    /// <summary>In two halves, because the index is used for what lies before and behind a key, but not for "other than".</summary>
    public static IReadOnlyList<OwnedSecretRow> NotUnder(SqliteSession session, string keyId, int limit) => session.List(
        $"SELECT {Columns} FROM secrets WHERE key_id < $1 UNION ALL SELECT {Columns} FROM secrets WHERE key_id > $1 LIMIT $2",
        reader => new OwnedSecretRow(reader.GetString(8), Map(reader)), keyId, (long)limit);

    public static int ReplaceEncryption(SqliteSession session, IReadOnlyList<ReencryptedSecret> secrets)
    {
        var replaced = 0;
        foreach (var (organizationId, before, after) in secrets)
        {
            replaced += session.Execute(
                "UPDATE secrets SET key_id = $6, wrapped_key = $7, ciphertext = $8 "
                + "WHERE organization_id = $1 AND provider_key = $2 AND name = $3 AND key_id = $4 AND ciphertext = $5",
                organizationId, before.ProviderKey, before.Name, before.Encrypted.KeyId, before.Encrypted.Ciphertext.ToArray(),
                after.KeyId, after.WrappedKey.ToArray(), after.Ciphertext.ToArray());
        }

        return replaced;
    }

    public static SecretRow Map(SqliteDataReader reader) => new(
        reader.GetString(0),
        reader.GetString(1),
        new EncryptedValue(reader.GetString(2), reader.GetFieldValue<byte[]>(3), reader.GetFieldValue<byte[]>(4)),
        reader.IsDBNull(5) ? null : reader.GetString(5),
        reader.GetInt64(6),
        SqliteText.Moment(reader.GetInt64(7)));
}
