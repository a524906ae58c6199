using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.TextToSpeech;
using Aico.Plugins.ElevenLabs;
using Aico.Testing;
using Aico.Testing.ElevenLabs;

namespace Aico.Plugins.Tests.ElevenLabs;

/// <summary>A voice and the server that it talks to.</summary>
public abstract class ElevenLabsTest
{
    private readonly List<ElevenLabsTextToSpeech> _voices = [];
    private TestProviderContext _context = null!;

    internal FakeElevenLabs Server { get; private set; } = null!;

    internal ElevenLabsSettings Settings => new() { BaseUrl = Server.Url, ApiKey = new Secret(FakeElevenLabs.Key) };

    internal ElevenLabsSettings Http => Settings with { Transport = ElevenLabsTransport.Http };

    protected static TextToSpeechRequest Call { get; } = new(CallIdentity.None);

    [SetUp]
    public async Task StartServerAsync()
    {
        _context = new TestProviderContext();
        Server = new FakeElevenLabs();
        await Server.StartAsync();
    }

    [TearDown]
    public async Task StopServerAsync()
    {
        _voices.ForEach(voice => voice.Dispose());
        _voices.Clear();
        _context.Dispose();
        await Server.DisposeAsync();
    }

    internal ElevenLabsTextToSpeech Voice(ElevenLabsSettings? settings = null)
    {
        var voice = new ElevenLabsTextToSpeech(settings ?? Settings, _context);
        _voices.Add(voice);
        return voice;
    }
}
