using System.Runtime.CompilerServices;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.SpeechToText;
using Aico.Abstractions.TextToSpeech;
using Aico.Host.Calls.Listening;
using Aico.Host.Time;
using Microsoft.Extensions.AI;

namespace Aico.Host.Calls;

/// <summary>
/// Marks what providers do as outside work, so that a call on a <see cref="VirtualTime"/> waits for them in real time and skips the
/// rest. A streaming speech-to-text session counts as work while it is open: it hears in real time.
/// </summary>
internal static class VirtualTimeProviders
{
    public static CallProviders Wrap(CallProviders providers, VirtualTime time) => providers with
    {
        SpeechToText = providers.SpeechToText?.Select(hearing => SpeechToTextProvider.Of(
            hearing.IsStreaming ? new Streaming(hearing.Streaming, time) : new Batch(hearing.Batch, time))),
        TextToSpeech = providers.TextToSpeech?.Select(speech => new Speech(speech, time)),
        LanguageModel = providers.LanguageModel.Select(model => new Model(model, time)),
    };

    /// <summary>The same for the agent's tools, whose time-out would come at once.</summary>
    public static AgentSettings Wrap(AgentSettings settings, VirtualTime time) =>
        settings with { Tools = [.. settings.Tools.Select(tool => new Tool(tool, time))] };

    private static async IAsyncEnumerable<T> MarkedAsync<T>(
        IAsyncEnumerable<T> items, VirtualTime time, [EnumeratorCancellation] CancellationToken ct = default)
    {
        await using var source = items.GetAsyncEnumerator(ct);
        while (true)
        {
            using (time.OutsideWork())
            {
                if (!await source.MoveNextAsync())
                {
                    yield break;
                }
            }

            yield return source.Current;
        }
    }

    private sealed class Batch(IBatchSpeechToText inner, VirtualTime time) : IBatchSpeechToText
    {
        public bool HasInterimHeadroom => inner.HasInterimHeadroom;

        public async ValueTask<Transcript> TranscribeAsync(AudioFrame utterance, SpeechToTextRequest request, CancellationToken ct)
        {
            using var work = time.OutsideWork();
            return await inner.TranscribeAsync(utterance, request, ct);
        }
    }

    private sealed class Streaming(ISpeechToText inner, VirtualTime time) : ISpeechToText
    {
        public async ValueTask<IDuplexSession<AudioFrame, TranscriptEvent>> OpenAsync(SpeechToTextRequest request, CancellationToken ct)
        {
            using var work = time.OutsideWork();
            return new MarkedSession<AudioFrame, TranscriptEvent>(await inner.OpenAsync(request, ct), time);
        }
    }

    private sealed class Speech(ITextToSpeech inner, VirtualTime time) : ITextToSpeech
    {
        public async ValueTask<IDuplexSession<string, SpeechChunk>> OpenAsync(TextToSpeechRequest request, CancellationToken ct)
        {
            using var work = time.OutsideWork();
            return new MarkedSession<string, SpeechChunk>(await inner.OpenAsync(request, ct), time);
        }

        public async ValueTask PrepareAsync(TextToSpeechRequest request, CancellationToken ct)
        {
            using var work = time.OutsideWork();
            await inner.PrepareAsync(request, ct);
        }
    }

    private sealed class MarkedSession<TIn, TOut>(IDuplexSession<TIn, TOut> inner, VirtualTime time) : IDuplexSession<TIn, TOut>
    {
        public ValueTask SendAsync(TIn item, CancellationToken ct) => inner.SendAsync(item, ct);

        public ValueTask FlushAsync(CancellationToken ct) => inner.FlushAsync(ct);

        public ValueTask CompleteAsync(CancellationToken ct) => inner.CompleteAsync(ct);

        public IAsyncEnumerable<TOut> ReadAsync(CancellationToken ct) => MarkedAsync(inner.ReadAsync(ct), time, ct);

        public async ValueTask DisposeAsync()
        {
            // Disposal can wait for a process that is being ended.
            using var work = time.OutsideWork();
            await inner.DisposeAsync();
        }
    }

    private sealed class Tool(AIFunction inner, VirtualTime time) : DelegatingAIFunction(inner)
    {
        protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
        {
            using var work = time.OutsideWork();
            return await base.InvokeCoreAsync(arguments, cancellationToken);
        }
    }

    private sealed class Model(IChatClient inner, VirtualTime time) : DelegatingChatClient(inner)
    {
        public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            MarkedAsync(base.GetStreamingResponseAsync(messages, options, cancellationToken), time, cancellationToken);
    }
}
