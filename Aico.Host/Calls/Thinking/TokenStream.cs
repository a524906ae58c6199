using Aico.Abstractions;
using Microsoft.Extensions.AI;

namespace Aico.Host.Calls.Thinking;

/// <summary>
/// One request to the language model, with a limit on the time that it is silent: before its first content and between two pieces.
/// Whatever goes wrong is a <see cref="ProviderException"/>.
/// </summary>
internal sealed class TokenStream(CallContext call, IReadOnlyList<ChatMessage> messages, ChatOptions options, CancellationToken ct) : IAsyncDisposable
{
    private readonly CancellationTokenSource _timeout = new(Timeout.InfiniteTimeSpan, call.Clock.Time);
    private ProviderCancellation? _either;
    private IAsyncEnumerator<ChatResponseUpdate>? _updates;

    /// <summary>True from the first words or tool call on: from there a request is not repeated.</summary>
    public bool HadContent { get; private set; }

    public ChatResponseUpdate Current => _updates!.Current;

    public async ValueTask<bool> NextAsync()
    {
        var limit = HadContent ? call.Settings.Thinking.NextTokenTimeout : call.Settings.Thinking.FirstTokenTimeout;
        try
        {
            if (_updates is null)
            {
                _either = new ProviderCancellation(call, CallStage.LanguageModel, ct, _timeout.Token);
                _timeout.CancelAfter(limit);
                _updates = call.Providers.LanguageModel.GetStreamingResponseAsync(messages, options, _either.Token).GetAsyncEnumerator(_either.Token);
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
            await call.ReportAsync(call.Failure(CallStage.LanguageModel, fault));
        }
        finally
        {
            _either?.Dispose();
            _timeout.Dispose();
        }
    }

    private static bool HasContent(ChatResponseUpdate update) => update.Contents.Any(content => content is FunctionCallContent or TextContent { Text.Length: > 0 });
}
