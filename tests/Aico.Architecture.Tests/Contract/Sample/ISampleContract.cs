namespace Aico.Architecture.Tests.Contract.Sample;

public interface ISampleContract<in TIn, out TOut> : IDisposable
    where TIn : class, new()
{
    event EventHandler? Changed;

    Action<string?>? Callback { get; }

    Dictionary<string, string?>[]? Find(string? name, int limit = 5, CancellationToken ct = default);

    T Get<T>(out int count)
        where T : struct;

    void Reset()
    {
    }
}
