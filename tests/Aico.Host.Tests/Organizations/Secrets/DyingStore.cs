using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.ExceptionServices;
using Aico.Host.Storage;

namespace Aico.Host.Tests.Organizations.Secrets;

/// <summary>A store whose process dies after some batches of a rotation.</summary>
[SuppressMessage("Performance", "CA1852", Justification = "The proxy derives from it.")]
internal class DyingStore : DispatchProxy
{
    private IStore _store = null!;
    private int _batches;

    public static IStore Of(IStore store, int afterBatches)
    {
        var proxy = Create<IStore, DyingStore>();
        ((DyingStore)(object)proxy)._store = store;
        ((DyingStore)(object)proxy)._batches = afterBatches;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == nameof(IStore.ReplaceEncryptionAsync) && _batches-- == 0)
        {
            throw new StoreUnavailableException("The process died.");
        }

        try
        {
            return targetMethod.Invoke(_store, args);
        }
        catch (TargetInvocationException fault)
        {
            ExceptionDispatchInfo.Capture(fault.InnerException!).Throw();
            throw;
        }
    }
}
