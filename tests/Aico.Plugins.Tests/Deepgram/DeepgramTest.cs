using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.SpeechToText;
using Aico.Plugins.Deepgram;
using Aico.Testing;
using Aico.Testing.Conformance;
using Aico.Testing.Deepgram;

namespace Aico.Plugins.Tests.Deepgram;

/// <summary>A listener and the server that it talks to.</summary>
public abstract class DeepgramTest
{
    private TestProviderContext _context = null!;

    internal FakeDeepgram Server { get; private set; } = null!;

    internal DeepgramSettings Settings => new() { BaseUrl = Server.Url, ApiKey = new Secret(FakeDeepgram.Key) };

    protected static SpeechToTextRequest Request { get; } = new(AudioFormat.Speech, CallIdentity.None);

    [SetUp]
    public async Task StartServerAsync()
    {
        _context = new TestProviderContext();
        Server = new FakeDeepgram();
        await Server.StartAsync();
    }

    [TearDown]
    public async Task StopServerAsync()
    {
        _context.Dispose();
        await Server.DisposeAsync();
    }

    internal DeepgramSpeechToText Listener(DeepgramSettings? settings = null) => new(settings ?? Settings, _context);

    internal DeepgramTextToSpeech Voice(DeepgramSpeechSettings? settings = null) =>
        new(settings ?? new() { BaseUrl = Server.Url, ApiKey = new Secret(FakeDeepgram.Key) }, _context);

    /// <summary>What is heard where the server sends the given messages after the first audio and then ends.</summary>
    internal Task<List<TranscriptEvent>> HearAsync(DeepgramSettings settings, double seconds, params string[] messages) =>
        HearAsync(settings, TimeSpan.FromSeconds(seconds), messages);

    internal async Task<List<TranscriptEvent>> HearAsync(DeepgramSettings settings, TimeSpan offset, string[] messages)
    {
        Server.Listen = async socket =>
        {
            await socket.ReceiveAsync();
            foreach (var message in messages)
            {
                await socket.SayInPiecesAsync(message, 11);
            }

            await socket.ReceiveAsync();
            await socket.CloseAsync(1000);
        };
        await using var session = await Listener(settings).OpenAsync(Request, default);
        await session.SendAsync(new AudioFrame(AudioFormat.Speech, new short[640], offset), default);
        await session.CompleteAsync(default);
        return await Bounded.Within(session.ReadAsync(default).ToListAsync().AsTask(), "Hearing");
    }
}
