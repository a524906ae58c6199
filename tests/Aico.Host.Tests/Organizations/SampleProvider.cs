using Aico.Abstractions.Audio;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.SpeechToText;
using Aico.Abstractions.TextToSpeech;
using Microsoft.Extensions.AI;

namespace Aico.Host.Tests.Organizations;

/// <summary>Stands for a provider of any kind; is never used as one.</summary>
internal sealed class SampleProvider(string key, SampleProviderSettings settings) : ISpeechToText, ITextToSpeech, IChatClient
{
    public string Key => key;

    public SampleProviderSettings Settings => settings;

    public bool IsDisposed { get; private set; }

    public void Dispose() => IsDisposed = true;

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    ValueTask<IDuplexSession<AudioFrame, TranscriptEvent>> ISpeechToText.OpenAsync(SpeechToTextRequest request, CancellationToken ct) =>
        throw new NotSupportedException();

    ValueTask<IDuplexSession<string, SpeechChunk>> ITextToSpeech.OpenAsync(TextToSpeechRequest request, CancellationToken ct) =>
        throw new NotSupportedException();

    Task<ChatResponse> IChatClient.GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken ct) => throw new NotSupportedException();

    IAsyncEnumerable<ChatResponseUpdate> IChatClient.GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken ct) =>
        throw new NotSupportedException();
}
