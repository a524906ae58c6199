using Aico.Abstractions.Plugins;

namespace Aico.Testing.Calls;

/// <summary>A probe that a test answers.</summary>
internal sealed class ScriptedProbe : IProviderProbe
{
    private readonly Queue<TaskCompletionSource<ProbeReport>> _waiting = new();

    public int Asked { get; private set; }

    public async ValueTask<ProbeReport> ProbeAsync(CancellationToken ct)
    {
        Asked++;
        var answer = new TaskCompletionSource<ProbeReport>();
        _waiting.Enqueue(answer);
        await using var cancelled = ct.Register(() => answer.TrySetCanceled(ct));
        return await answer.Task;
    }

    public void Succeeds() => _waiting.Dequeue().SetResult(new ProbeReport("It is there."));

    public void Fails(Exception error) => _waiting.Dequeue().SetException(error);
}
