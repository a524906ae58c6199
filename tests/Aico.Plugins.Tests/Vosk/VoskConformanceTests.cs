using Aico.Abstractions.SpeechToText;
using Aico.Plugins.Vosk;
using Aico.Testing;
using Aico.Testing.Conformance;
using Aico.Testing.Vosk;

namespace Aico.Plugins.Tests.Vosk;

public class VoskConformanceTests : ServedSpeechToTextConformance
{
    private TestProviderContext _context = null!;
    private FakeVosk _server = null!;

    [SetUp]
    public async Task StartServerAsync()
    {
        _context = new TestProviderContext();
        _server = new FakeVosk();
        await _server.StartAsync();
    }

    [TearDown]
    public async Task StopServerAsync()
    {
        _context.Dispose();
        await _server.DisposeAsync();
        _server.Violations.Should().BeEmpty();
    }

    protected override ISpeechToText Create() => new VoskSpeechToText(new VoskSettings { Port = new Uri(_server.Url).Port }, _context);

    protected override ISpeechToText CreateFaulty()
    {
        _server.Listen = async socket =>
        {
            await socket.ReceiveAsync();
            await socket.CloseAsync(1011);
        };
        return Create();
    }

    protected override ISpeechToText CreateHeld()
    {
        _server.IsHolding = true;
        return Create();
    }

    protected override Task HeldAsync() => _server.HeldAsync();
}
