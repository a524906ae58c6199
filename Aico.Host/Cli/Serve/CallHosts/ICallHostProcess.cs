namespace Aico.Host.Cli.Serve.CallHosts;

/// <summary>A call host as its supervisor sees it. Orders to one that has ended do nothing.</summary>
internal interface ICallHostProcess
{
    int Id { get; }

    /// <summary>Its exit code, once it has ended; 128 and the number of the signal where one ended it.</summary>
    Task<int> Exited { get; }

    /// <summary>Takes no more calls, and ends with its last one.</summary>
    void Drain();

    /// <summary>Ends at once, in order.</summary>
    void Stop();

    void Kill();
}
