using Aico.Abstractions.Plugins;
using Aico.Abstractions.TextToSpeech;
using Aico.Plugins.Cartesia;
using Aico.Testing;
using Aico.Testing.Cartesia;
using Aico.Testing.Conformance;

namespace Aico.Plugins.Tests.Cartesia;

[TestFixture("2025-04-16")]
[TestFixture("2026-03-01")]
[TestFixture("2026-08-14")]
public class CartesiaConformanceTests(string version) : ServedTextToSpeechConformance
{
    private TestProviderContext _context = null!;
    private FakeCartesia _server = null!;

    [SetUp]
    public async Task StartServerAsync()
    {
        _context = new TestProviderContext();
        _server = new FakeCartesia();
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
        return Voice();
    }

    protected override ITextToSpeech CreateHeld()
    {
        _server.IsHolding = true;
        return Voice();
    }

    protected override Task HeldAsync() => _server.HeldAsync();

    private CartesiaTextToSpeech Voice() => new(
        new CartesiaSettings { BaseUrl = _server.Url, ApiVersion = version, ApiKey = new Secret(FakeCartesia.Key) }, _context);
}
