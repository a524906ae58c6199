using Aico.Abstractions;
using Aico.Abstractions.TextToSpeech;
using Aico.Host.Providers.Fallback;

namespace Aico.Host.Calls;

/// <summary>
/// Makes ready while the caller speaks what the answer would wait for: the providers of a changed configuration, where the call takes
/// changes, and the connection that the answer is spoken over. A provider that fails here is known to be out before it is needed.
/// </summary>
internal sealed class NextTurn(CallContext call) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _making = Task.CompletedTask;

    /// <summary>The caller has begun to speak. Returns at once; only the call's loop calls it.</summary>
    public void Begins()
    {
        if (_making.IsCompleted && (call.Providers.Renew is not null || call.TextToSpeech is not null))
        {
            _making = call.WatchAsync(MakeReadyAsync(_stop.Token), _stop.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _stop.Cancel();
        await _making;
        _stop.Dispose();
    }

    private async Task MakeReadyAsync(CancellationToken ct)
    {
        // Providers that are made may load models: the loop must not wait for that.
        await Task.Yield();
        if (call.Providers.Renew is { } renew && await renew(ct) is { } changed)
        {
            call.Take(changed);
        }

        if (call.TextToSpeech?.Chain is { } voices && voices.Entries.FirstOrDefault(entry => voices.Health?.IsThere(entry.Subject) ?? true) is { } next)
        {
            await PrepareAsync(voices, next, ct);
        }
    }

    private async Task PrepareAsync(ProviderChain<ITextToSpeech> voices, ChainEntry<ITextToSpeech> entry, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(call.Settings.Speaking.FirstAudioTimeout, call.Clock.Time);
        using var either = new ProviderCancellation(call, CallStage.TextToSpeech, entry.Key, ct, limit.Token);
        try
        {
            await entry.Provider.PrepareAsync(TextToSpeechRequests.Of(call, entry), either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            // It may be quick when it is asked in earnest: nobody waits for it yet.
        }
        catch (Exception e) when (ProviderFault.Is(e, ct, out var fault))
        {
            await call.ReportAsync(call.Failure(CallStage.TextToSpeech, entry.Key, fault));
            voices.Health?.Failed(entry.Subject, fault);
        }
    }
}
