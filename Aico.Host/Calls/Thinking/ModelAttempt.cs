using Aico.Abstractions;
using Aico.Host.Providers.Fallback;
using Microsoft.Extensions.AI;

namespace Aico.Host.Calls.Thinking;

/// <summary>One language model that was asked. It can be read up to its first content before it is known whether its answer is taken.</summary>
internal sealed class ModelAttempt : IAsyncDisposable
{
    private readonly Queue<ChatResponseUpdate> _ahead = new();
    private readonly CancellationTokenSource _over;
    private readonly TokenStream _tokens;
    private ProviderException? _fault;
    private bool _isOver;

    public ModelAttempt(
        CallContext call, ChainEntry<IChatClient> entry, AttemptMeter meter, IReadOnlyList<ChatMessage> question, ChatOptions options, bool hasAnother, CancellationToken ct)
    {
        (Entry, Meter, Question) = (entry, meter, question);
        _over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _tokens = new TokenStream(call, entry, question, options, hasAnother, _over.Token);
    }

    public ChainEntry<IChatClient> Entry { get; }

    public AttemptMeter Meter { get; }

    public IReadOnlyList<ChatMessage> Question { get; }

    public ChatResponseUpdate Current { get; private set; } = null!;

    /// <summary>True from the first words or tool call on.</summary>
    public bool HadContent => _tokens.HadContent;

    /// <summary>Reads until there is content, an end or a fault, which is <see cref="NextAsync"/>'s to tell.</summary>
    public async Task ReadAheadAsync()
    {
        try
        {
            while (!HadContent && !_isOver)
            {
                if (await _tokens.NextAsync())
                {
                    _ahead.Enqueue(_tokens.Current);
                }
                else
                {
                    _isOver = true;
                }
            }
        }
        catch (ProviderException e)
        {
            _fault = e;
        }

        if (HadContent)
        {
            // Whoever waits may wait for another one first.
            Meter.HasResult();
        }
    }

    /// <exception cref="ProviderException">It failed.</exception>
    public async ValueTask<bool> NextAsync()
    {
        if (_ahead.TryDequeue(out var update))
        {
            Current = update;
            return true;
        }

        if (_fault is not null)
        {
            throw _fault;
        }

        if (_isOver || !await _tokens.NextAsync())
        {
            return false;
        }

        Current = _tokens.Current;
        return true;
    }

    /// <summary>Another has answered first. The fault, where there was one.</summary>
    /// <param name="reading">What <see cref="ReadAheadAsync"/> gave.</param>
    /// <param name="outcome">Of an attempt that had no fault.</param>
    public async ValueTask<ProviderException?> GiveUpAsync(Task reading, AttemptOutcome outcome)
    {
        _over.Cancel();
        try
        {
            await reading;
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
        }

        Meter.EstimateTokens(Question.Sum(message => message.Text.Length), _ahead.Sum(update => update.Text.Length));
        await Meter.EndAsync(_fault is null ? outcome : AttemptOutcome.Failed, _fault);
        await DisposeAsync();
        return _fault;
    }

    public async ValueTask DisposeAsync()
    {
        await _tokens.DisposeAsync();
        _over.Dispose();
    }
}
