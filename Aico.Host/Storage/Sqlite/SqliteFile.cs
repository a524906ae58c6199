using Microsoft.Data.Sqlite;

namespace Aico.Host.Storage.Sqlite;

/// <summary>The database file: makes it, and opens connections to it.</summary>
internal sealed class SqliteFile(string path)
{
    /// <summary>How long a statement waits for another process's lock.</summary>
    public static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(5);

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Makes an empty file that only its owner may read, where there is none; SQLite gives its -wal and -shm files the same mode.</summary>
    /// <returns>True where others could read a file that was there; they cannot any more.</returns>
    public bool Ensure()
    {
        PrivateFiles.EnsureFolder(System.IO.Path.GetDirectoryName(Path)!);
        if (!File.Exists(Path))
        {
            try
            {
                PrivateFiles.Create(Path).Dispose();
                return false;
            }
            catch (IOException) when (File.Exists(Path))
            {
                // Another process was first, and it makes the file the same way.
            }
        }

        if (!PrivateFiles.AreOthersLetIn(Path))
        {
            return false;
        }

        PrivateFiles.ShutOthersOut(Path);
        return true;
    }

    /// <summary>Opens a connection for writing.</summary>
    public SqliteSession OpenWriter()
    {
        var session = Open();
        try
        {
            // An acknowledged write survives the loss of power: the log is flushed to the disk at every commit.
            session.Execute("PRAGMA synchronous = FULL");
            session.Execute("PRAGMA foreign_keys = ON");
            // What is deleted is overwritten: a rotated secret must not lie on under its old key in free pages.
            session.Execute("PRAGMA secure_delete = ON");
            // A log that one large import has blown up is cut back.
            session.Execute("PRAGMA journal_size_limit = 16777216");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Opens a connection that cannot write.</summary>
    public SqliteSession OpenReader()
    {
        var session = Open();
        try
        {
            session.Execute("PRAGMA query_only = ON");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Opens a connection as SQLite makes it, which a backup needs: it writes, if only elsewhere.</summary>
    public SqliteSession Open()
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            // The provider sleeps and tries again until this is over; the waiting is left to SQLite, which is told below.
            DefaultTimeout = 1,
        };
        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            var session = new SqliteSession(connection);
            session.Number($"PRAGMA busy_timeout = {(long)BusyTimeout.TotalMilliseconds}");
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
