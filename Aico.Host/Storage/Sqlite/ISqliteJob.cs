namespace Aico.Host.Storage.Sqlite;

/// <summary>Something to do with a connection, which its caller awaits.</summary>
internal interface ISqliteJob
{
    /// <summary>Does it and keeps what came of it for <see cref="Answer"/>. False where it failed, or is not wanted any more.</summary>
    bool Run(SqliteSession session);

    /// <summary>Tells the caller what came of it.</summary>
    void Answer();

    /// <summary>Tells the caller that it came to nothing, whatever it did.</summary>
    void Fail(Exception fault);
}
