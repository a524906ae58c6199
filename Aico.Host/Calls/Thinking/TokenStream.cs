using Aico.Abstractions;
using Aico.Host.Providers.Fallback;
using Microsoft.Extensions.AI;

namespace Aico.Host.Calls.Thinking;

/// <summary>
/// One request to a language model, with a limit on the time that it is silent: before its first content and between two pieces.
/// Whatever goes wrong is a <see cref="ProviderException"/>.
/// </summary>
internal sealed class TokenStream(
    CallContext call, ChainEntry<IChatClient> entry, IReadOnlyList<ChatMessage> messages, ChatOptions options, bool hasAnother, CancellationToken ct) : IAsyncDisposable
{
    private readonly CancellationTokenSource _timeout = new(Timeout.InfiniteTimeSpan, call.Clock.Time);
    private ProviderCancellation? _either;
    private IAsyncEnumerator<ChatResponseUpdate>? _updates;

    /// <summary>True from the first words or tool call on.</summary>
    public bool HadContent { get; private set; }

    public ChatResponseUpdate Current => _updates!.Current;

    public async ValueTask<bool> NextAsync()
    {
        var limit = Limit();
        try
        {
            if (_updates is null)
            {
                _either = new ProviderCancellation(call, CallStage.LanguageModel, entry.Key, ct, _timeout.Token);
                _timeout.CancelAfter(limit);
                _updates = entry.Provider.GetStreamingResponseAsync(messages, options, _either.Token).GetAsyncEnumerator(_either.Token);
            }
            else if (HadContent)
            {
                _timeout.CancelAfter(limit);
            }

            if (!await _updates.MoveNextAsync())
            {
                return false;
            }

            HadContent |= HasContent(_updates.Current);
            if (HadContent)
            {
                // Whoever reads takes its time: speech is slower than text.
                _timeout.CancelAfter(Timeout.InfiniteTimeSpan);
            }

            return true;
        }
        catch (OperationCanceledException e) when (_timeout.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            var what = HadContent ? "no further token" : "no token";
            throw new ProviderException(ProviderFailure.TimedOut, $"The language model gave {what} within {limit.TotalSeconds:0.#} seconds.", e);
        }
        catch (Exception e) when (e is not ProviderException && ProviderFault.Is(e, ct, out var fault))
        {
            throw fault;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await (_updates?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (Exception e) when (ProviderFault.Is(e, ct, out var fault))
        {
            // The answer is there or its own error is on its way: this one is only worth a record.
            await call.ReportAsync(call.Failure(CallStage.LanguageModel, entry.Key, fault));
        }
        finally
        {
            _either?.Dispose();
            _timeout.Dispose();
        }
    }

    private TimeSpan Limit()
    {
        var thinking = call.Settings.Thinking;
        var limit = HadContent ? thinking.NextTokenTimeout : thinking.FirstTokenTimeout;
        return hasAnother && thinking.TokenBudget < limit ? thinking.TokenBudget : limit;
    }

    private static bool HasContent(ChatResponseUpdate update) => update.Contents.Any(content => content is FunctionCallContent or TextContent { Text.Length: > 0 });
}
