using System.Runtime.CompilerServices;
using Aico.Abstractions;
using Aico.Host.Calls.Speaking;
using Aico.Host.Providers.Fallback;
using Microsoft.Extensions.AI;

namespace Aico.Host.Calls.Thinking;

/// <summary>
/// One question to the language models of the call: the first that answers. Where one fails before any of its words was sent to be
/// spoken the next begins anew; after that the next is told what was said and goes on from there.
/// </summary>
internal sealed class ModelRequest(CallContext call, Reply reply, IReadOnlyList<ChatMessage> messages, bool mayCallTools, bool isFirst)
{
    private const string GoOn =
        "(Your answer was cut off by a technical fault. The caller has heard the words above. Go on exactly where they stop, without repeating and without mentioning it.)";

    // Words that were said before this question are in the messages.
    private readonly int _saidBefore = reply.Words.Length;
    private readonly List<ChatResponseUpdate> _updates = [];
    private bool _isFiltered;

    /// <summary>The answer, once all of it was read.</summary>
    public IReadOnlyList<ChatResponseUpdate> Updates => _updates;

    /// <summary>Who answered, or was asked last.</summary>
    public string Provider { get; private set; } = "";

    /// <exception cref="ProviderException">Nobody is left; every failure was reported.</exception>
    public async IAsyncEnumerable<ReplyPart> AskAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var run = call.Begin(call.LanguageModel);
        var next = run.Next();
        while (next is not null)
        {
            var entry = next;
            if (run.Pause > TimeSpan.Zero)
            {
                await Task.Delay(run.Pause, call.Clock.Time, ct);
            }

            var meter = await AttemptMeter.BeginAsync(call, call.LanguageModel, CallStage.LanguageModel, entry, reply.Turn);
            var question = Question();
            ModelAttempt Start(ChainEntry<IChatClient> whom, AttemptMeter its, CancellationToken stop) => new(call, whom, its, question, Options(), run.HasAnother, stop);
            var begun = Start(entry, meter, ct);
            await using var attempt = call.Settings.Thinking.Hedges
                ? await new HedgedModels(call, run, Start).RaceAsync(begun, reply.Turn, Unneeded, ct)
                : begun;
            (entry, meter, Provider) = (attempt.Entry, attempt.Meter, attempt.Entry.Key);
            ProviderException? fault = null;
            var (isOver, hasBegun) = (false, false);
            try
            {
                while (!isOver)
                {
                    try
                    {
                        isOver = !await attempt.NextAsync();
                    }
                    catch (ProviderException e)
                    {
                        (fault, isOver) = (e, true);
                    }

                    if (!isOver && await TakeAsync(attempt.Current, meter) is { Length: > 0 } text)
                    {
                        yield return ReplyPart.Of(text);
                    }

                    if (!isOver && attempt.HadContent && !hasBegun)
                    {
                        hasBegun = true;
                        meter.HasResult();
                        run.Succeeded(entry, meter.FirstResult);
                    }
                }

                fault ??= Emptiness(attempt.HadContent, run);
            }
            finally
            {
                meter.EstimateTokens(question.Sum(message => message.Text.Length), _updates.Sum(update => update.Text.Length));
                await meter.EndAsync(fault is not null ? AttemptOutcome.Failed : isOver ? AttemptOutcome.Useful : Unneeded(), fault);
            }

            if (fault is null)
            {
                if (_isFiltered && !attempt.HadContent)
                {
                    yield return ReplyPart.Of(call.Settings.Thinking.FilteredAnswer);
                }

                yield break;
            }

            await call.ReportAsync(call.Failure(CallStage.LanguageModel, entry.Key, fault));
            run.Failed(entry, fault);
            next = run.Next();
            if (next is not null)
            {
                // Without anybody else half a sentence is better than none.
                _updates.Clear();
                yield return ReplyPart.Drop;
            }
        }

        throw run.Fault!;
    }

    // Whether the caller interrupted it, or it was made ahead of a decision that went the other way, or another model was quicker.
    private AttemptOutcome Unneeded() => reply.IsCommitted ? AttemptOutcome.Cancelled : AttemptOutcome.Speculative;

    private async ValueTask<string> TakeAsync(ChatResponseUpdate update, AttemptMeter meter)
    {
        _isFiltered |= update.FinishReason == ChatFinishReason.ContentFilter;
        _updates.Add(update);
        foreach (var content in update.Contents)
        {
            if (content is UsageContent { Details: var used })
            {
                var (input, cached, output) = (used.InputTokenCount ?? 0, used.CachedInputTokenCount ?? 0, used.OutputTokenCount ?? 0);
                meter.AddTokens(input, cached, output);
                await call.ReportAsync(new TokensUsed(call.Now, reply.Turn, input, cached, output));
            }
        }

        return update.Text;
    }

    /// <summary>An answer of nothing at all is a fault where somebody else can be asked; after a tool it may be meant.</summary>
    private ProviderException? Emptiness(bool hadContent, ChainRun<IChatClient> run) => hadContent || _isFiltered || !isFirst || !run.HasAnother
        ? null
        : new ProviderException(ProviderFailure.ProtocolError, "The language model answered nothing.");

    private IReadOnlyList<ChatMessage> Question()
    {
        var said = reply.Words.Length > _saidBefore ? reply.Words[_saidBefore..].Trim() : "";
        if (said.Length == 0)
        {
            return messages;
        }

        // The answer's beginning belongs to the conversation, whoever ends it.
        _updates.Add(new ChatResponseUpdate(ChatRole.Assistant, said));
        return [.. messages, new ChatMessage(ChatRole.Assistant, said), new ChatMessage(ChatRole.User, GoOn)];
    }

    private ChatOptions Options() => new()
    {
        Tools = [.. reply.Functions],
        ToolMode = mayCallTools ? ChatToolMode.Auto : ChatToolMode.None,
    };
}
