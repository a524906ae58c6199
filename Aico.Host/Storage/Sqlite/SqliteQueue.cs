using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Aico.Host.Storage.Sqlite;

/// <summary>
/// Jobs that wait for connections, each with a thread of its own: SQLite blocks while it reads and while the disk flushes, and pool threads
/// that wait for a disk would let the calls stutter. Started by <see cref="Start"/>; ends with <see cref="DisposeAsync"/>, after all that was
/// put in; a fault of a job goes to whoever awaits it and ends nothing.
/// </summary>
internal sealed class SqliteQueue : IAsyncDisposable
{
    /// <summary>Jobs that may wait; whoever comes then waits, without a thread, until there is room.</summary>
    private const int Capacity = 1024;

    private readonly Channel<ISqliteJob> _jobs = Channel.CreateBounded<ISqliteJob>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.Wait });
    private readonly List<Task> _ends = [];
    private readonly string _path;

    private SqliteQueue(string path) => _path = path;

    /// <param name="name">Of the threads.</param>
    /// <param name="path">Of the database, for messages.</param>
    /// <param name="sessions">One for each thread; disposed at the end.</param>
    /// <param name="run">Does jobs, one or several that were waiting, and answers them all.</param>
    /// <param name="most">How many jobs are done at once.</param>
    public static SqliteQueue Start(string name, string path, IReadOnlyList<SqliteSession> sessions, Action<SqliteSession, List<ISqliteJob>> run, int most)
    {
        var queue = new SqliteQueue(path);
        foreach (var session in sessions)
        {
            var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            queue._ends.Add(end.Task);
            new Thread(() => queue.Work(session, run, most, end)) { Name = name, IsBackground = true }.Start();
        }

        return queue;
    }

    /// <summary>Jobs that wait.</summary>
    public int Waiting => _jobs.Reader.Count;

    /// <summary>Waits for a thread and the job. Once the job has begun, cancelling changes nothing any more.</summary>
    public async ValueTask<T> RunAsync<T>(Func<SqliteSession, T> work, CancellationToken ct)
    {
        var job = new SqliteJob<T>(work, ct);
        try
        {
            await _jobs.Writer.WriteAsync(job, ct);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(SqliteStore), "The store is closed.");
        }

        try
        {
            return await job.Answered;
        }
        catch (SqliteException fault)
        {
            throw SqliteErrors.Explain(fault, _path);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _jobs.Writer.TryComplete();
        await Task.WhenAll(_ends);
    }

    private void Work(SqliteSession session, Action<SqliteSession, List<ISqliteJob>> run, int most, TaskCompletionSource end)
    {
        try
        {
            using (session)
            {
                var jobs = new List<ISqliteJob>();
                // This thread has nothing else to do than to wait here.
                while (_jobs.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
                {
                    jobs.Clear();
                    while (jobs.Count < most && _jobs.Reader.TryRead(out var job))
                    {
                        jobs.Add(job);
                    }

                    run(session, jobs);
                }
            }

            end.SetResult();
        }
        catch (Exception fault)
        {
            // Closing the connection failed; whoever closes the store learns of it.
            end.SetException(fault);
        }
    }
}
