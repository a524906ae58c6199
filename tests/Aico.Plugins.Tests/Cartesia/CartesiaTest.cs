using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.TextToSpeech;
using Aico.Plugins.Cartesia;
using Aico.Testing;
using Aico.Testing.Cartesia;

namespace Aico.Plugins.Tests.Cartesia;

/// <summary>A voice and the server that it talks to.</summary>
public abstract class CartesiaTest
{
    private readonly List<CartesiaTextToSpeech> _voices = [];
    private TestProviderContext _context = null!;

    internal FakeCartesia Server { get; private set; } = null!;

    internal CartesiaSettings Settings => new() { BaseUrl = Server.Url, ApiKey = new Secret(FakeCartesia.Key) };

    protected static TextToSpeechRequest Call { get; } = new(CallIdentity.None);

    [SetUp]
    public async Task StartServerAsync()
    {
        _context = new TestProviderContext();
        Server = new FakeCartesia();
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

    internal CartesiaTextToSpeech Voice(CartesiaSettings? settings = null)
    {
        var voice = new CartesiaTextToSpeech(settings ?? Settings, _context);
        _voices.Add(voice);
        return voice;
    }
}
