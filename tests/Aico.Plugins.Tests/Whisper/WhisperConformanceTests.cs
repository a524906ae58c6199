using Aico.Abstractions.SpeechToText;
using Aico.Plugins.Whisper;
using Aico.Testing;
using Aico.Testing.Conformance;
using Aico.Testing.OpenAI;
using Aico.Testing.Vendors;
using Aico.Testing.Whisper;

namespace Aico.Plugins.Tests.Whisper;

[TestFixture("whisper-1")]
[TestFixture("gpt-transcribe")]
[TestFixture("whisper.cpp")]
public class WhisperConformanceTests(string model) : BatchSpeechToTextConformance
{
    private TestProviderContext _context = null!;
    private FakeVendor _server = null!;

    [SetUp]
    public async Task StartServerAsync()
    {
        _context = new TestProviderContext();
        _server = model == "whisper.cpp" ? new FakeWhisperCpp() : new FakeOpenAIAudio();
        await _server.StartAsync();
    }

    [TearDown]
    public async Task StopServerAsync()
    {
        _context.Dispose();
        await _server.DisposeAsync();
        _server.Violations.Should().BeEmpty();
    }

    protected override IBatchSpeechToText Create() => new WhisperSpeechToText(
        new WhisperSettings { BaseUrl = _server.Url, Model = model, ApiKey = new(FakeOpenAIAudio.Key) }, _context);

    protected override IBatchSpeechToText CreateFaulty()
    {
        _server.RefuseWith = 502;
        return Create();
    }

    protected override IBatchSpeechToText CreateBusy()
    {
        _server.IsHolding = true;
        return Create();
    }

    protected override Task UnderWayAsync(IBatchSpeechToText speech) => Bounded.Within(_server.HeldAsync(), "The request");
}
