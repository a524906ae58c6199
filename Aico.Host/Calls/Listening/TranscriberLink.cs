using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.SpeechToText;
using Aico.Host.Providers.Fallback;

namespace Aico.Host.Calls.Listening;

/// <summary>
/// One session of a streaming provider. An error on the sending side ends the reading side, where it is dealt with; owned by the
/// <see cref="StreamingTranscriber"/>.
/// </summary>
internal sealed class TranscriberLink : IAsyncDisposable
{
    // A session's queue that is full for so long has nobody behind it: half-open sockets take nothing and say nothing.
    private static readonly TimeSpan LongestSend = TimeSpan.FromSeconds(5);

    private readonly TimeSpan _sendTimeout;
    private readonly CallContext _call;
    private readonly AttemptMeter _meter;
    private readonly IDuplexSession<AudioFrame, TranscriptEvent> _session;
    private readonly CancellationToken _owner;
    private readonly ProviderCancellation _stop;
    private ProviderException? _fault;
    private volatile bool _isLeft;

    public TranscriberLink(
        CallContext call, ChainEntry<SpeechToTextProvider> entry, AttemptMeter meter, IDuplexSession<AudioFrame, TranscriptEvent> session, CancellationToken owner)
    {
        _call = call;
        _meter = meter;
        Entry = entry;
        _session = session;
        _owner = owner;
        _stop = new ProviderCancellation(call, CallStage.SpeechToText, entry.Key, owner);

        if (session is UtteranceSession utterances)
        {
            utterances.Reads = meter.AddAudio;
        }

        // While a frame waits nobody counts the silence in which the caller waits for an answer.
        var answer = call.Settings.Listening.SilentAnswerAfter;
        _sendTimeout = answer > TimeSpan.Zero && answer < LongestSend ? answer : LongestSend;
    }

    public ChainEntry<SpeechToTextProvider> Entry { get; }

    /// <summary>True where it was given up for a better provider.</summary>
    public bool IsLeft => _isLeft;

    /// <summary>True once the session has said anything.</summary>
    public bool HasSpoken => _meter.HadResult;

    public async ValueTask SendAsync(AudioFrame frame, CancellationToken sending)
    {
        if (IsOpen)
        {
            try
            {
                if (Entry.Provider.IsStreaming)
                {
                    _meter.AddAudio(frame.Duration);
                }

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

    /// <summary>Ends the reading side without a failure: a better provider is there again.</summary>
    public void Leave()
    {
        _isLeft = true;
        _stop.Cancel();
    }

    /// <summary>Reads until the session fails, and returns why; null where it was stopped or left.</summary>
    public async Task<ProviderException?> ReadAsync(Func<TranscriptEvent, ValueTask> take)
    {
        var fault = await ReadToEndAsync(take);
        await _meter.EndAsync(fault is null ? AttemptOutcome.Useful : AttemptOutcome.Failed, fault);
        return fault;
    }

    private async Task<ProviderException?> ReadToEndAsync(Func<TranscriptEvent, ValueTask> take)
    {
        try
        {
            await foreach (var transcriptEvent in _session.ReadAsync(_stop.Token))
            {
                _meter.HasResult();
                await take(transcriptEvent);
            }

            return _owner.IsCancellationRequested || _isLeft ? null
                : _fault ?? new ProviderException(ProviderFailure.Unavailable, "The speech-to-text provider ended the session.");
        }
        catch (OperationCanceledException) when (_stop.IsCancelled)
        {
            return _owner.IsCancellationRequested || _isLeft ? null : _fault;
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
            await _call.ReportAsync(_call.Failure(CallStage.SpeechToText, Entry.Key, fault));
        }

        _stop.Dispose();
    }

    private ValueTask InTimeAsync(ValueTask send, CancellationToken sending) =>
        send.IsCompletedSuccessfully ? ValueTask.CompletedTask : WaitAsync(send.AsTask(), sending);

    private async ValueTask WaitAsync(Task send, CancellationToken sending)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, sending);
        await send.WaitAsync(_sendTimeout, _call.Clock.Time, linked.Token);
    }

    /// <summary>Ends the reading side with what went wrong; where it has failed already it knows why.</summary>
    public void Break(Exception error)
    {
        if (_stop.IsCancelled)
        {
            return;
        }

        _fault = error is TimeoutException
            ? new ProviderException(ProviderFailure.TimedOut, $"The speech-to-text provider took no audio within {_sendTimeout.TotalSeconds:0.#} seconds.", error)
            : ProviderFault.Of(error);
        _stop.Cancel();
    }
}
