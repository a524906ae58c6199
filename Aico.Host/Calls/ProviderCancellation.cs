using System.Diagnostics.CodeAnalysis;

namespace Aico.Host.Calls;

/// <summary>
/// The only cancellation that providers' and tools' code is given. They may register callbacks on its token, and whoever cancels runs
/// those: what they throw stops here, as a failure of their stage, and reaches neither the loop nor a timer, where it would end the
/// process. Follows the tokens of its owners.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "It is disposable; its source has no timer and no wait handle, and who comes late still looks at it.")]
[SuppressMessage("Usage", "CA2213", Justification = "As above.")]
internal sealed class ProviderCancellation : IDisposable
{
    private readonly CallContext _call;
    private readonly CallStage _stage;
    private readonly string _provider;
    private readonly CancellationTokenSource _source = new();
    private readonly List<CancellationTokenRegistration> _owners = [];

    public ProviderCancellation(CallContext call, CallStage stage, string provider, params ReadOnlySpan<CancellationToken> owners)
    {
        _call = call;
        _stage = stage;
        _provider = provider;
        foreach (var owner in owners)
        {
            _owners.Add(owner.UnsafeRegister(static cancellation => ((ProviderCancellation)cancellation!).Cancel(), this));
        }
    }

    public CancellationToken Token => _source.Token;

    public bool IsCancelled => _source.IsCancellationRequested;

    public void Cancel()
    {
        try
        {
            _source.Cancel();
        }
        catch (AggregateException e)
        {
            // All callbacks have run, also those behind the one that threw.
            var fault = ProviderFault.Of(e.Flatten().InnerExceptions[0]);
            _ = _call.WatchAsync(_call.ReportAsync(_call.Failure(_stage, _provider, fault)).AsTask(), CancellationToken.None);
        }
    }

    /// <summary>Follows its owners no longer. The token stays usable.</summary>
    public void Dispose()
    {
        foreach (var owner in _owners)
        {
            owner.Dispose();
        }
    }
}
