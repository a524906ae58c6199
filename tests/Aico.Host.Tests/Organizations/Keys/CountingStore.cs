using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.ExceptionServices;
using Aico.Host.Storage;

namespace Aico.Host.Tests.Organizations.Keys;

/// <summary>A store that counts what it is asked, and fails or waits where a test says so.</summary>
[SuppressMessage("Performance", "CA1852", Justification = "The proxy derives from it.")]
internal class CountingStore : DispatchProxy
{
    private IStore _store = null!;

    public ConcurrentDictionary<string, int> Calls { get; } = new();

    /// <summary>Runs before a method is passed on; may throw.</summary>
    public Action<string> Before { get; set; } = _ => { };

    /// <summary>Awaited between the store's answer to FindApiKeyAsync and its delivery.</summary>
    public Func<Task> AfterFind { get; set; } = () => Task.CompletedTask;

    public static (IStore Store, CountingStore Counts) Of(IStore store)
    {
        var proxy = Create<IStore, CountingStore>();
        var counting = (CountingStore)(object)proxy;
        counting._store = store;
        return (proxy, counting);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        Calls.AddOrUpdate(targetMethod!.Name, 1, (_, count) => count + 1);
        Before(targetMethod.Name);
        try
        {
            var answer = targetMethod.Invoke(_store, args);
            return answer is ValueTask<ApiKeyRow?> key ? new ValueTask<ApiKeyRow?>(DelayedAsync(key.AsTask())) : answer;
        }
        catch (TargetInvocationException fault)
        {
            ExceptionDispatchInfo.Capture(fault.InnerException!).Throw();
            throw;
        }
    }

    private async Task<ApiKeyRow?> DelayedAsync(Task<ApiKeyRow?> answer)
    {
        var key = await answer;
        await AfterFind();
        return key;
    }
}
