using Aico.Abstractions;

namespace Aico.Host.Calls;

/// <summary>
/// The border to providers' code, for exception filters: whatever comes across it is a <see cref="ProviderException"/>. A plugin that
/// throws something else breaks its contract, and that fails a stage, not the call.
/// </summary>
internal static class ProviderFault
{
    /// <summary>True for every error but the cancellation that the caller itself asked for.</summary>
    public static bool Is(Exception error, CancellationToken ct, out ProviderException fault)
    {
        fault = Of(error);
        return error is not OperationCanceledException || !ct.IsCancellationRequested;
    }

    public static ProviderException Of(Exception error) => error switch
    {
        ProviderException fault => fault,
        // HTTP clients report their own time-outs so.
        OperationCanceledException => new ProviderException(ProviderFailure.TimedOut, $"The provider gave up by itself: {error.Message}", error),
        _ => new ProviderException(ProviderFailure.ProtocolError, $"The provider broke its contract with {error.GetType().Name}: {error.Message}", error),
    };
}
