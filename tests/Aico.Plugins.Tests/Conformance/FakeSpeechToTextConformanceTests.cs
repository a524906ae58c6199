using Aico.Abstractions.SpeechToText;
using Aico.Testing.Conformance;

namespace Aico.Plugins.Tests.Conformance;

/// <summary>Proves that the suite can be passed.</summary>
public class FakeSpeechToTextConformanceTests : SpeechToTextConformance
{
    protected override ISpeechToText Create() => new FakeSpeechToText(isFaulty: false);

    protected override ISpeechToText CreateFaulty() => new FakeSpeechToText(isFaulty: true);
}
