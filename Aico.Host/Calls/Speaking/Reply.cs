using System.Diagnostics.CodeAnalysis;
using System.Text;
using Aico.Abstractions;
using Aico.Host.Calls.Thinking;
using Microsoft.Extensions.AI;

namespace Aico.Host.Calls.Speaking;

/// <summary>
/// One thing that the agent says, from the first token to the last sample. Made by a <see cref="ReplyMaker"/>, played by the
/// <see cref="Playback"/>, owned by the call's loop, which cancels or completes it.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer and no wait handle, so it holds nothing; it outlives whoever could dispose it.")]
internal sealed class Reply
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private readonly List<ToolCallRecord> _toolCalls = [];
    private readonly AsyncSignal _committed = new();
    private readonly CancellationTokenSource _cancellation = new();
    private (TimeSpan? Token, TimeSpan? Sentence, TimeSpan? Audio) _first;
    private bool _isCommitted;
    private bool _made;
    private bool _endsCall;

    public required int Turn { get; init; }

    public required ReplyKind Kind { get; init; }

    /// <summary>The caller's words that it answers; empty where it answers none.</summary>
    public string CallerWords { get; init; } = "";

    /// <summary>The words to say where no language model is asked.</summary>
    public string? FixedWords { get; init; }

    /// <summary>True where all of it is to be heard out, marked or not, from before its first word on.</summary>
    public bool IsUninterruptible { get; init; }

    public required SpeechBuffer Speech { get; init; }

    /// <summary>What the language model may call.</summary>
    public IReadOnlyList<AIFunction> Functions { get; init; } = [];

    /// <summary>What it has called.</summary>
    public ToolRounds Tools { get; } = new();

    public CancellationToken Cancelled => _cancellation.Token;

    /// <summary>The milestones of its making: first token, first sentence, first audio.</summary>
    public (TimeSpan? Token, TimeSpan? Sentence, TimeSpan? Audio) First
    {
        get
        {
            lock (_lock)
            {
                return _first;
            }
        }
    }

    /// <summary>True when nothing more will be added.</summary>
    public bool IsMade => Volatile.Read(ref _made);

    public ProviderException? Failure { get; private set; }

    /// <summary>True where the model asked for the call to end after this answer.</summary>
    public bool EndsCall => Volatile.Read(ref _endsCall);

    public bool HasWords => Words.Length > 0;

    /// <summary>The words that were sent to be spoken so far.</summary>
    public string Words
    {
        get
        {
            lock (_lock)
            {
                return _text.ToString().Trim();
            }
        }
    }

    public IReadOnlyList<ToolCallRecord> ToolCalls
    {
        get
        {
            lock (_lock)
            {
                return [.. _toolCalls];
            }
        }
    }

    /// <summary>The turn is decided: the answer will be played, and its tools may run.</summary>
    public void Commit()
    {
        Volatile.Write(ref _isCommitted, true);
        _committed.Set();
    }

    /// <summary>False while it is work ahead of the decision.</summary>
    public bool IsCommitted => Volatile.Read(ref _isCommitted);

    /// <summary>Returns when the turn is decided. Awaited by the maker only.</summary>
    public async ValueTask CommittedAsync(CancellationToken ct)
    {
        if (!Volatile.Read(ref _isCommitted))
        {
            await _committed.WaitAsync(ct);
        }
    }

    public void Cancel()
    {
        _cancellation.Cancel();
        Speech.Complete(isWhole: false);
    }

    public void EndCall() => Volatile.Write(ref _endsCall, true);

    public void MarkToken(TimeSpan at)
    {
        lock (_lock)
        {
            _first.Token ??= at;
        }
    }

    public void MarkAudio(TimeSpan at)
    {
        lock (_lock)
        {
            _first.Audio ??= at;
        }
    }

    public void AddWords(string words, TimeSpan at)
    {
        lock (_lock)
        {
            _text.Append(words);
            _first.Sentence ??= at;
        }
    }

    public void AddToolCall(ToolCallRecord record)
    {
        lock (_lock)
        {
            _toolCalls.Add(record);
        }
    }

    public void Made(ProviderException? failure)
    {
        Failure = failure;
        Volatile.Write(ref _made, true);
    }
}
