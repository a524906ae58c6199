using Aico.Testing.Deepgram;

namespace Aico.Plugins.Tests.Deepgram;

/// <summary>The table that every message of Deepgram's conformance runs is held to.</summary>
public class DeepgramFieldsTests
{
    [Test]
    public void Finds_a_type_that_there_is_not() =>
        DeepgramFields.Strange(["""{"type":"KeepALive"}""", """{"type":"KeepAlive"}"""], DeepgramFields.FromClient).Should().Equal("KeepALive");

    [Test]
    public void Finds_a_field_that_there_is_not_also_inside_lists() =>
        DeepgramFields.Strange([FakeNova.Results(0, 1, "ten", isFinal: true, ",\"speech_finel\":true").Replace("\"word\"", "\"wort\"", StringComparison.Ordinal)], DeepgramFields.FromServer)
            .Should().BeEquivalentTo("Results.speech_finel", "Results.channel.alternatives.words.wort");

    [Test]
    public void Knows_the_body_of_speech_without_a_type() =>
        DeepgramFields.Strange(["""{"text":"Hello."}""", """{"text":"Hello.","voice":"x"}"""], DeepgramFields.FromClient).Should().Equal("-.voice");
}
