using System.Runtime.CompilerServices;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.SpeechToText;
using Aico.Abstractions.TextToSpeech;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Tests.Conformance;

/// <summary>Providers that hear a cancellation half as late again as the contract allows, by nature and not by a busy machine.</summary>
internal static class Late
{
    private static readonly TimeSpan By = TimeSpan.FromMilliseconds(150);

    public static IBatchSpeechToText Of(IBatchSpeechToText speech) => new BatchSpeech(speech);

    public static ISpeechToText Of(ISpeechToText speech) => new Hearing(speech);

    public static ITextToSpeech Of(ITextToSpeech speech) => new Speaking(speech);

    public static IChatClient Of(IChatClient model) => new Model(model);

    /// <summary>Waits for as long as these providers are late.</summary>
    public static Task WaitAsync() => Task.Delay(By, TimeProvider.System);

    private static CancellationTokenSource After(CancellationToken ct)
    {
        var late = new CancellationTokenSource();
        ct.Register(() => late.CancelAfter(By));
        return late;
    }

    private static async IAsyncEnumerable<T> After<T>(Func<CancellationToken, IAsyncEnumerable<T>> read, [EnumeratorCancellation] CancellationToken ct)
    {
        // Not disposed: the cancellation may come when the reading is over.
        await foreach (var item in read(After(ct).Token))
        {
            yield return item;
        }
    }

    private sealed class BatchSpeech(IBatchSpeechToText speech) : IBatchSpeechToText
    {
        public ValueTask<Transcript> TranscribeAsync(AudioFrame utterance, SpeechToTextRequest request, CancellationToken ct) =>
            speech.TranscribeAsync(utterance, request, After(ct).Token);
    }

    private sealed class Hearing(ISpeechToText speech) : ISpeechToText
    {
        public async ValueTask<IDuplexSession<AudioFrame, TranscriptEvent>> OpenAsync(SpeechToTextRequest request, CancellationToken ct) =>
            new Session<AudioFrame, TranscriptEvent>(await speech.OpenAsync(request, After(ct).Token));
    }

    private sealed class Speaking(ITextToSpeech speech) : ITextToSpeech
    {
        public async ValueTask<IDuplexSession<string, SpeechChunk>> OpenAsync(TextToSpeechRequest request, CancellationToken ct) =>
            new Session<string, SpeechChunk>(await speech.OpenAsync(request, After(ct).Token));
    }

    private sealed class Session<TIn, TOut>(IDuplexSession<TIn, TOut> session) : IDuplexSession<TIn, TOut>
    {
        private bool _wasDisposed;

        public ValueTask SendAsync(TIn item, CancellationToken ct) => session.SendAsync(item, ct);

        public ValueTask FlushAsync(CancellationToken ct) => session.FlushAsync(ct);

        public ValueTask CompleteAsync(CancellationToken ct) => session.CompleteAsync(ct);

        public IAsyncEnumerable<TOut> ReadAsync(CancellationToken ct) => After(session.ReadAsync, ct);

        public async ValueTask DisposeAsync()
        {
            await (_wasDisposed ? Task.CompletedTask : WaitAsync());
            _wasDisposed = true;
            await session.DisposeAsync();
        }
    }

    private sealed class Model(IChatClient model) : DelegatingChatClient(model)
    {
        public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            base.GetResponseAsync(messages, options, After(cancellationToken).Token);

        public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            After(late => base.GetStreamingResponseAsync(messages, options, late), cancellationToken);
    }
}
