using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.SpeechToText;
using Aico.Plugins.Whisper;
using Aico.Testing;
using Aico.Testing.OpenAI;
using Aico.Testing.Vendors;

namespace Aico.Plugins.Tests.Whisper;

/// <summary>Whisper, and the server that it talks to.</summary>
public abstract class WhisperTest
{
    private TestProviderContext _context = null!;
    private FakeVendor? _server;

    /// <summary>A second of a loud tone, ten seconds into a call.</summary>
    protected static AudioFrame Utterance { get; } = new(
        AudioFormat.Speech, Enumerable.Range(0, 16_000).Select(i => (short)(8000 * Math.Sin(i / 6.0))).ToArray(), TimeSpan.FromSeconds(10));

    protected static SpeechToTextRequest Request { get; } = new(AudioFormat.Speech, CallIdentity.None);

    [SetUp]
    public void Begin() => _context = new TestProviderContext();

    [TearDown]
    public async Task StopServerAsync()
    {
        _context.Dispose();
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        _server = null;
    }

    private protected async Task<TServer> StartAsync<TServer>(TServer server)
        where TServer : FakeVendor
    {
        _server = server;
        await server.StartAsync();
        return server;
    }

    private protected WhisperSpeechToText Whisper(Func<WhisperSettings, WhisperSettings>? change = null, IProviderContext? context = null)
    {
        var settings = new WhisperSettings { BaseUrl = _server!.Url, ApiKey = new(FakeOpenAIAudio.Key) };
        return new WhisperSpeechToText(change?.Invoke(settings) ?? settings, context ?? _context);
    }

    private protected static Task<Transcript> HearAsync(WhisperSpeechToText whisper, SpeechToTextRequest? request = null) =>
        whisper.TranscribeAsync(Utterance, request ?? Request, default).AsTask();

    private protected static async Task<ProviderException> FailAsync(WhisperSpeechToText whisper)
    {
        var hear = () => HearAsync(whisper);
        return (await hear.Should().ThrowAsync<ProviderException>()).Which;
    }
}
