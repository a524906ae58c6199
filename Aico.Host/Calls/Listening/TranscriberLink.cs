using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.SpeechToText;

namespace Aico.Host.Calls.Listening;

/// <summary>
/// One session of a streaming provider. An error on the sending side ends the reading side, where it is dealt with; owned by the
/// <see cref="StreamingTranscriber"/>.
/// </summary>
internal sealed class TranscriberLink : IAsyncDisposable
{
    // A session's queue that is full for so long has nobody behind it: half-open sockets take nothing and say nothing.
    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(5);

    private readonly CallContext _call;
    private readonly IDuplexSession<AudioFrame, TranscriptEvent> _session;
    private readonly CancellationToken _owner;
    private readonly ProviderCancellation _stop;
    private ProviderException? _fault;

    public TranscriberLink(CallContext call, IDuplexSession<AudioFrame, TranscriptEvent> session, CancellationToken owner)
    {
        _call = call;
        _session = session;
        _owner = owner;
        _stop = new ProviderCancellation(call, CallStage.SpeechToText, owner);
    }

    public async ValueTask SendAsync(AudioFrame frame, CancellationToken sending)
    {
        if (IsOpen)
        {
            try
            {
                await InTimeAsync(_session.SendAsync(frame, _stop.Token), sending);
            }
            catch (Exception e) when (e is not OperationCanceledException || !sending.IsCancellationRequested)
            {
                Break(e);
            }
        }
    }

    public async ValueTask FlushAsync(CancellationToken sending)
    {
        if (IsOpen)
        {
            try
            {
                await InTimeAsync(_session.FlushAsync(_stop.Token), sending);
            }
            catch (Exception e) when (e is not OperationCanceledException || !sending.IsCancellationRequested)
            {
                Break(e);
            }
        }
    }

    private bool IsOpen => _fault is null && !_stop.IsCancelled;

    /// <summary>Reads until the session fails, and returns why; null where it was stopped.</summary>
    public async Task<ProviderException?> ReadAsync(Func<TranscriptEvent, ValueTask> take)
    {
        try
        {
            await foreach (var transcriptEvent in _session.ReadAsync(_stop.Token))
            {
                await take(transcriptEvent);
            }

            return _owner.IsCancellationRequested ? null
                : _fault ?? new ProviderException(ProviderFailure.Unavailable, "The speech-to-text provider ended the session.");
        }
        catch (OperationCanceledException) when (_stop.IsCancelled)
        {
            return _owner.IsCancellationRequested ? null : _fault;
        }
        catch (Exception e) when (ProviderFault.Is(e, _owner, out var fault))
        {
            return _fault ?? fault;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _session.DisposeAsync();
        }
        catch (Exception e) when (ProviderFault.Is(e, CancellationToken.None, out var fault))
        {
            await _call.ReportAsync(_call.Failure(CallStage.SpeechToText, fault));
        }

        _stop.Dispose();
    }

    private ValueTask InTimeAsync(ValueTask send, CancellationToken sending) =>
        send.IsCompletedSuccessfully ? ValueTask.CompletedTask : WaitAsync(send.AsTask(), sending);

    private async ValueTask WaitAsync(Task send, CancellationToken sending)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, sending);
        await send.WaitAsync(SendTimeout, _call.Clock.Time, linked.Token);
    }

    /// <summary>Ends the reading side with what went wrong; where it has failed already it knows why.</summary>
    public void Break(Exception error)
    {
        if (_stop.IsCancelled)
        {
            return;
        }

        _fault = error is TimeoutException
            ? new ProviderException(ProviderFailure.TimedOut, $"The speech-to-text provider took no audio for {SendTimeout.TotalSeconds:0} seconds.", error)
            : ProviderFault.Of(error);
        _stop.Cancel();
    }
}
