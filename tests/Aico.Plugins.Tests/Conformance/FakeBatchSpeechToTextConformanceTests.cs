using Aico.Abstractions.SpeechToText;
using Aico.Testing.Conformance;

namespace Aico.Plugins.Tests.Conformance;

/// <summary>Proves that the suite can be passed.</summary>
public class FakeBatchSpeechToTextConformanceTests : BatchSpeechToTextConformance
{
    protected override IBatchSpeechToText Create() => new FakeBatchSpeechToText(isFaulty: false);

    protected override IBatchSpeechToText CreateFaulty() => new FakeBatchSpeechToText(isFaulty: true);
}
