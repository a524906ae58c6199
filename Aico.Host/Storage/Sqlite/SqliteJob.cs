namespace Aico.Host.Storage.Sqlite;

/// <inheritdoc cref="ISqliteJob"/>
internal sealed class SqliteJob<T>(Func<SqliteSession, T> work, CancellationToken ct) : ISqliteJob
{
    // What awaits the answer must not go on in the store's thread.
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private Exception? _fault;

    public Task<T> Answered => _answer.Task;

    public bool Run(SqliteSession session)
    {
        try
        {
            ct.ThrowIfCancellationRequested();
            _result = work(session);
            return true;
        }
        catch (Exception fault)
        {
            // Whatever it is, it is thrown where the caller awaits, as from a task.
            _fault = fault;
            return false;
        }
    }

    public void Answer()
    {
        if (_fault is OperationCanceledException)
        {
            _answer.SetCanceled(ct);
        }
        else if (_fault is not null)
        {
            _answer.SetException(_fault);
        }
        else
        {
            _answer.SetResult(_result!);
        }
    }

    public void Fail(Exception fault) => _answer.SetException(fault);
}
