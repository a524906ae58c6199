using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Aico.Host.Storage;

namespace Aico.Host.Tests.Usage;

/// <summary>A store whose calls are counted, and that fails where a test says so.</summary>
[SuppressMessage("Performance", "CA1852", Justification = "The proxy derives from it.")]
internal class CountedStore : DispatchProxy
{
    private IStore _store = null!;

    public int Calls { get; private set; }

    public bool IsBroken { get; set; }

    public static (IStore Store, CountedStore Script) Of(IStore store)
    {
        var proxy = Create<IStore, CountedStore>();
        var script = (CountedStore)(object)proxy;
        script._store = store;
        return (proxy, script);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        Calls++;
        return IsBroken ? throw new StoreUnavailableException("The disk is full.") : targetMethod!.Invoke(_store, args);
    }
}
