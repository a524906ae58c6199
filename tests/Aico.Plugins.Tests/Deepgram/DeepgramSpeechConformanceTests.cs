using Aico.Abstractions.Plugins;
using Aico.Abstractions.TextToSpeech;
using Aico.Plugins.Deepgram;
using Aico.Testing;
using Aico.Testing.Conformance;
using Aico.Testing.Deepgram;

namespace Aico.Plugins.Tests.Deepgram;

public class DeepgramSpeechConformanceTests : ServedTextToSpeechConformance
{
    private TestProviderContext _context = null!;
    private FakeDeepgram _server = null!;

    [SetUp]
    public async Task StartServerAsync()
    {
        _context = new TestProviderContext();
        _server = new FakeDeepgram();
        await _server.StartAsync();
    }

    [TearDown]
    public async Task StopServerAsync()
    {
        _context.Dispose();
        await _server.DisposeAsync();
        _server.Violations.Should().BeEmpty();
        DeepgramFields.Strange(_server.Messages, DeepgramFields.FromClient).Should().BeEmpty("the plugin says what the vendor's specification has");
        DeepgramFields.Strange(_server.Said, DeepgramFields.FromServer).Should().BeEmpty("the fake says what the vendor's specification has");
    }

    protected override ITextToSpeech Create() => Voice();

    protected override ITextToSpeech CreateFaulty()
    {
        _server.RefuseWith = 503;
        return Voice();
    }

    protected override ITextToSpeech CreateHeld()
    {
        _server.IsHolding = true;
        return Voice();
    }

    protected override Task HeldAsync() => _server.HeldAsync();

    private DeepgramTextToSpeech Voice() => new(
        new DeepgramSpeechSettings { BaseUrl = _server.Url, ApiKey = new Secret(FakeDeepgram.Key) }, _context);
}
