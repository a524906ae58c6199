using Microsoft.Data.Sqlite;

namespace Aico.Host.Storage.Sqlite;

/// <summary>A thread for one long piece of work, such as a backup: neither the pool nor the store's own threads wait for it.</summary>
internal static class SqliteThread
{
    /// <param name="work">Blocks as long as it needs.</param>
    /// <param name="path">Of the database, for messages.</param>
    public static async Task<T> RunAsync<T>(Func<T> work, string path)
    {
        try
        {
            return await Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        catch (SqliteException fault)
        {
            throw SqliteErrors.Explain(fault, path);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new StoreUnavailableException($"The database {path} cannot be used: {fault.Message}", fault);
        }
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public static Task RunAsync(Action work, string path) => RunAsync(
        () =>
        {
            work();
            return true;
        },
        path);
}
