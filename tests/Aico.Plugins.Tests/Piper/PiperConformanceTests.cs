using Aico.Abstractions.TextToSpeech;
using Aico.Plugins.Piper;
using Aico.Testing;
using Aico.Testing.Conformance;
using Aico.Testing.Piper;

namespace Aico.Plugins.Tests.Piper;

[TestFixture(1)]
[TestFixture(2)]
[TestFixture(3)]
public class PiperConformanceTests(int generation) : ServedTextToSpeechConformance
{
    private TestProviderContext _context = null!;
    private FakePiper _server = null!;

    [SetUp]
    public async Task StartServerAsync()
    {
        _context = new TestProviderContext();
        _server = new FakePiper(generation);
        await _server.StartAsync();
    }

    [TearDown]
    public async Task StopServerAsync()
    {
        _context.Dispose();
        await _server.DisposeAsync();
        _server.Violations.Should().BeEmpty();
    }

    protected override ITextToSpeech Create() => new PiperTextToSpeech(new PiperSettings { BaseUrl = _server.Url }, _context);

    protected override ITextToSpeech CreateFaulty()
    {
        _server.RefuseWith = 502;
        return Create();
    }

    protected override ITextToSpeech CreateHeld()
    {
        _server.IsHolding = true;
        return Create();
    }

    protected override Task HeldAsync() => _server.HeldAsync();
}
