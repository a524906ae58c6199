using Microsoft.Data.Sqlite;

namespace Aico.Host.Storage.Sqlite;

/// <summary>
/// Writes in transactions. Jobs that wait together share one commit, so that they wait for one flush of the disk and not for one each; a job
/// that fails takes back its own part alone.
/// </summary>
internal sealed class SqliteTransactions(string path, int version)
{
    /// <summary>How many writes share a commit at most: what a reader of the file and a killed process can lose at once stays small.</summary>
    public const int Most = 64;

    /// <summary>Does a read.</summary>
    public static void Read(SqliteSession session, List<ISqliteJob> jobs)
    {
        foreach (var job in jobs)
        {
            job.Run(session);
            job.Answer();
        }
    }

    public void Write(SqliteSession session, List<ISqliteJob> jobs)
    {
        try
        {
            session.Execute("BEGIN IMMEDIATE");
            if (session.Number("PRAGMA user_version") != version)
            {
                throw new StoreUnavailableException($"A newer AICO has changed the database {path} while this one was running: start this one anew, in the same version.");
            }

            foreach (var job in jobs)
            {
                session.Execute("SAVEPOINT job");
                if (!job.Run(session))
                {
                    // Where the fault has ended the whole transaction this throws, and all of it failed.
                    session.Execute("ROLLBACK TO job");
                }

                session.Execute("RELEASE job");
            }

            session.Execute("COMMIT");
        }
        catch (Exception fault) when (fault is SqliteException or StoreUnavailableException)
        {
            Fail(session, jobs, fault is SqliteException sqlite ? SqliteErrors.Explain(sqlite, path) : fault);
            return;
        }

        foreach (var job in jobs)
        {
            job.Answer();
        }
    }

    private static void Fail(SqliteSession session, List<ISqliteJob> jobs, Exception fault)
    {
        foreach (var job in jobs)
        {
            job.Fail(fault);
        }

        session.Rollback();
    }
}
