namespace Aico.Plugins.Tests.Faults;

/// <summary>A provider and what it suffers from; both end with it.</summary>
internal sealed class FaultySubject(object provider, Func<ValueTask> end) : IAsyncDisposable
{
    public object Provider => provider;

    public ValueTask DisposeAsync()
    {
        (provider as IDisposable)?.Dispose();
        return end();
    }
}
