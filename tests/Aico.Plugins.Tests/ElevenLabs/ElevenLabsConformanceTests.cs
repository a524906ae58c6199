using Aico.Abstractions.Plugins;
using Aico.Abstractions.TextToSpeech;
using Aico.Plugins.ElevenLabs;
using Aico.Testing;
using Aico.Testing.Conformance;
using Aico.Testing.ElevenLabs;

namespace Aico.Plugins.Tests.ElevenLabs;

[TestFixture("Socket", false)]
[TestFixture("Socket", true)]
[TestFixture("Http", false)]
public class ElevenLabsConformanceTests(string transport, bool writesAsSeen) : ServedTextToSpeechConformance
{
    private TestProviderContext _context = null!;
    private FakeElevenLabs _server = null!;

    [SetUp]
    public async Task StartServerAsync()
    {
        _context = new TestProviderContext();
        _server = new FakeElevenLabs { WritesAsSeen = writesAsSeen };
        await _server.StartAsync();
    }

    [TearDown]
    public async Task StopServerAsync()
    {
        _context.Dispose();
        await _server.DisposeAsync();
        _server.Violations.Should().BeEmpty();
    }

    protected override ITextToSpeech Create() => Voice();

    protected override ITextToSpeech CreateFaulty()
    {
        _server.Speak = async socket =>
        {
            await socket.ReceiveAsync();
            await socket.CloseAsync(1011, "internal error");
        };
        _server.Stream = (context, _) =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        return Voice();
    }

    protected override ITextToSpeech CreateHeld()
    {
        _server.IsHolding = true;
        return Voice();
    }

    protected override Task HeldAsync() => _server.HeldAsync();

    private ElevenLabsTextToSpeech Voice() => new(
        new ElevenLabsSettings { BaseUrl = _server.Url, Transport = Enum.Parse<ElevenLabsTransport>(transport), ApiKey = new Secret(FakeElevenLabs.Key) }, _context);
}
