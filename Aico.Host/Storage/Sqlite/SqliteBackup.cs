namespace Aico.Host.Storage.Sqlite;

/// <summary>Copies a database that is in use, as it is at one moment.</summary>
internal static class SqliteBackup
{
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    public static void Write(SqliteFile file, string path)
    {
        if (File.Exists(path))
        {
            throw new IOException($"{path} exists already; a backup overwrites nothing.");
        }

        // Under another name until it is complete: a backup that was killed is not taken for one.
        var partial = $"{path}.partial-{Guid.NewGuid():n}";
        PrivateFiles.Create(partial).Dispose();
        try
        {
            using (var session = file.Open())
            {
                // Also leaves out what was deleted, unlike a copy page by page.
                session.Execute("VACUUM INTO $1", partial);
            }

            PrivateFiles.Flush(partial);
            PrivateFiles.Rename(partial, path, overwrite: false);
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
