using System.Text;
using Aico.Abstractions;
using Microsoft.Extensions.AI;

namespace Aico.Host.Calls.Speaking;

/// <summary>
/// One thing that the agent says, from the first token to the last sample. Made by a <see cref="ReplyMaker"/>, played by the
/// <see cref="Playback"/>, owned by the call's loop, which cancels or completes it.
/// </summary>
internal sealed class Reply : IDisposable
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private readonly List<ToolCallRecord> _toolCalls = [];
    private readonly TaskCompletionSource _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _cancellation = new();

    public required int Turn { get; init; }

    public required ReplyKind Kind { get; init; }

    /// <summary>The caller's words that it answers; empty where it answers none.</summary>
    public string CallerWords { get; init; } = "";

    /// <summary>The words to say where no language model is asked.</summary>
    public string? FixedWords { get; init; }

    public required SpeechBuffer Speech { get; init; }

    public IReadOnlyList<AIFunction> Tools { get; set; } = [];

    /// <summary>Tool calls and results for the conversation. Written by the maker, read after <see cref="IsMade"/> or cancellation.</summary>
    public List<ChatMessage> ToolMessages { get; } = [];

    public CancellationToken Cancelled => _cancellation.Token;

    /// <summary>Completes when the turn is decided; tools wait for it.</summary>
    public Task Committed => _committed.Task;

    public bool IsCommitted => _committed.Task.IsCompleted;

    public TimeSpan? FirstToken { get; private set; }

    public TimeSpan? FirstSentence { get; private set; }

    public TimeSpan? FirstAudio { get; private set; }

    /// <summary>True when nothing more will be added.</summary>
    public bool IsMade { get; private set; }

    public ProviderException? Failure { get; private set; }

    /// <summary>True where the model asked for the call to end after this answer.</summary>
    public bool EndsCall { get; private set; }

    public bool HasWords
    {
        get
        {
            lock (_lock)
            {
                return _text.Length > 0;
            }
        }
    }

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

    public void Commit() => _committed.TrySetResult();

    public void Cancel()
    {
        _cancellation.Cancel();
        Speech.Complete();
    }

    public void EndCall() => EndsCall = true;

    public void MarkToken(TimeSpan at) => FirstToken ??= at;

    public void MarkAudio(TimeSpan at) => FirstAudio ??= at;

    public void AddWords(string words, TimeSpan at)
    {
        lock (_lock)
        {
            _text.Append(words);
            FirstSentence ??= at;
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
        IsMade = true;
    }

    public void Dispose() => _cancellation.Dispose();
}
