using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Aico.Testing.Calls;

/// <summary>A language model that answers what the test wrote down, a word a token, and keeps every request.</summary>
internal sealed class ScriptedLanguageModel(TimeProvider time) : IChatClient
{
    /// <summary>The answer to the latest words of the caller; the default repeats them.</summary>
    public Func<IReadOnlyList<ChatMessage>, Answer> Answers { get; set; } =
        messages => new Answer($"You said {messages.Last(message => message.Role == ChatRole.User).Text}");

    public TimeSpan FirstTokenDelay { get; set; }

    public TimeSpan TokenDelay { get; set; }

    public Queue<Exception?> Failures { get; } = new();

    public List<IReadOnlyList<ChatMessage>> Requests { get; } = [];

    /// <summary>The options of the latest request.</summary>
    public ChatOptions? Options { get; private set; }

    /// <summary>True: the model says nothing more after its first token.</summary>
    public bool StallsAfterFirstToken { get; set; }

    /// <summary>Gets the token of each request.</summary>
    public Action<CancellationToken>? TakesToken { get; set; }

    public int Cancelled { get; private set; }

    /// <summary>Lets it answer always the same.</summary>
    public void Says(string text) => Answers = _ => new Answer(text);

    /// <summary>Lets it answer the requests of the call one after the other; the last one again and again.</summary>
    public void Says(params Answer[] answers) => Answers = _ => answers[Math.Min(Requests.Count, answers.Length) - 1];

    public sealed record Answer(string Text, params FunctionCallContent[] Calls)
    {
        /// <summary>Thrown after the text.</summary>
        public Exception? FailsAfterText { get; init; }

        /// <summary>Why it ended, told at its end.</summary>
        public ChatFinishReason? Finish { get; init; }

        /// <summary>Told at the end of the answer.</summary>
        public UsageDetails? Usage { get; init; }
    }

    public static FunctionCallContent Call(string name, string id = "1", IDictionary<string, object?>? arguments = null) => new(id, name, arguments);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = messages.ToList();
        Requests.Add(request);
        Options = options;
        TakesToken?.Invoke(cancellationToken);
        await DelayAsync(FirstTokenDelay, cancellationToken);
        if (Failures.TryDequeue(out var failure) && failure is not null)
        {
            throw failure;
        }

        var answer = Answers(request);
        foreach (var word in answer.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, word + " ");
            await DelayAsync(StallsAfterFirstToken ? Timeout.InfiniteTimeSpan : TokenDelay, cancellationToken);
        }

        if (answer.FailsAfterText is not null)
        {
            throw answer.FailsAfterText;
        }

        if (answer.Calls.Length > 0)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, [.. answer.Calls]);
        }

        if (answer.Finish is not null)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, []) { FinishReason = answer.Finish };
        }

        if (answer.Usage is not null)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(answer.Usage)]);
        }
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private async Task DelayAsync(TimeSpan delay, CancellationToken ct)
    {
        try
        {
            await Task.Delay(delay, time, ct);
        }
        catch (OperationCanceledException)
        {
            Cancelled++;
            throw;
        }
    }
}
