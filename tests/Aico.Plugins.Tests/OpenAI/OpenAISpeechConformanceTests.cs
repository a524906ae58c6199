using Aico.Abstractions.TextToSpeech;
using Aico.Plugins.OpenAI;
using Aico.Testing;
using Aico.Testing.Conformance;
using Aico.Testing.OpenAI;

namespace Aico.Plugins.Tests.OpenAI;

[TestFixture(OpenAISpeechFormat.Pcm)]
[TestFixture(OpenAISpeechFormat.Wav)]
internal sealed class OpenAISpeechConformanceTests(OpenAISpeechFormat format) : ServedTextToSpeechConformance
{
    private TestProviderContext _context = null!;
    private FakeOpenAIAudio _server = null!;

    [SetUp]
    public async Task StartServerAsync()
    {
        _context = new TestProviderContext();
        _server = new FakeOpenAIAudio();
        await _server.StartAsync();
    }

    [TearDown]
    public async Task StopServerAsync()
    {
        _context.Dispose();
        await _server.DisposeAsync();
        _server.Violations.Should().BeEmpty();
    }

    protected override ITextToSpeech Create() => new OpenAITextToSpeech(
        new OpenAISpeechSettings { BaseUrl = _server.Url + "/v1", Format = format, ApiKey = new(FakeOpenAIAudio.Key) }, _context);

    protected override ITextToSpeech CreateFaulty()
    {
        _server.RefuseWith = 503;
        return Create();
    }

    protected override ITextToSpeech CreateHeld()
    {
        _server.IsHolding = true;
        return Create();
    }

    protected override Task HeldAsync() => _server.HeldAsync();
}
