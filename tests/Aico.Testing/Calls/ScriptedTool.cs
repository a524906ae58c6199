using Microsoft.Extensions.AI;

namespace Aico.Testing.Calls;

/// <summary>A tool that takes a while of the call's clock. It stays on the clock's thread, which functions of the factory do not.</summary>
internal sealed class ScriptedTool(string name, TimeProvider time) : AIFunction
{
    public override string Name => name;

    public TimeSpan Takes { get; set; }

    public object? Returns { get; set; } = "done";

    public Exception? Throws { get; set; }

    /// <summary>Gets the token of each call.</summary>
    public Action<CancellationToken>? TakesToken { get; set; }

    public int Calls { get; private set; }

    public int Cancelled { get; private set; }

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        Calls++;
        TakesToken?.Invoke(cancellationToken);
        try
        {
            await Task.Delay(Takes, time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Cancelled++;
            throw;
        }

        return Throws is null ? Returns : throw Throws;
    }
}
