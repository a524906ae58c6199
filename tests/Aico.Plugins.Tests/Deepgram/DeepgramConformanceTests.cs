using Aico.Abstractions.Plugins;
using Aico.Abstractions.SpeechToText;
using Aico.Plugins.Deepgram;
using Aico.Testing;
using Aico.Testing.Conformance;
using Aico.Testing.Deepgram;

namespace Aico.Plugins.Tests.Deepgram;

[TestFixture("nova-3")]
[TestFixture("nova-2")]
[TestFixture("flux-general-en")]
[TestFixture("flux-general-multi")]
public class DeepgramConformanceTests(string model) : ServedSpeechToTextConformance
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

    protected override ISpeechToText Create() => Listener();

    protected override ISpeechToText CreateFaulty()
    {
        _server.Listen = async socket =>
        {
            await socket.ReceiveAsync();
            await socket.CloseAsync(1011, "NET-0000");
        };
        return Listener();
    }

    protected override ISpeechToText CreateHeld()
    {
        _server.IsHolding = true;
        return Listener();
    }

    protected override Task HeldAsync() => _server.HeldAsync();

    private DeepgramSpeechToText Listener() => new(
        new DeepgramSettings { BaseUrl = _server.Url, Model = model, ApiKey = new Secret(FakeDeepgram.Key), Keyterms = ["AICO"] }, _context);
}
