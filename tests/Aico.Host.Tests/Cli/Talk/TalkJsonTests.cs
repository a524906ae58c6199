using System.Text.Json.Nodes;
using Aico.Host.Calls;
using Aico.Host.Cli.Talk;
using Aico.Testing;

namespace Aico.Host.Tests.Cli.Talk;

public class TalkJsonTests
{
    private static readonly JsonObject Schema =
        JsonNode.Parse(File.ReadAllText(Path.Combine(TestPaths.Repository, "docs", "schemas", "talk.schema.json")))!.AsObject();

    [Test]
    public void Is_what_its_schema_says() => JsonSchemaCheck.Problems(Schema, Written(SampleCall.Result())).Should().BeEmpty();

    [Test]
    public void Is_what_its_schema_says_where_hardly_anything_happened()
    {
        var turn = new TurnRecord { Number = 0 };
        var result = new TalkResult
        {
            EndReason = CallEndReason.Cancelled,
            Duration = TimeSpan.Zero,
            Providers = new ProviderKeys(null, "scripted", null, null),
            Events = [new TurnCompleted(TimeSpan.Zero, turn), new StageFailed(TimeSpan.Zero, CallStage.Tool, "", null, "")],
        };

        JsonSchemaCheck.Problems(Schema, Written(result)).Should().BeEmpty();
    }

    [TestCase("/turns/1/timings", "voiceToVoiceMs")]
    [TestCase("/turns/1/agent", "heardText")]
    [TestCase("/errors/0", "stage")]
    [TestCase("", "timeline")]
    public void Breaks_its_schema_where_a_member_is_missing(string pointer, string member)
    {
        var json = Written(SampleCall.Result());
        var at = pointer.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate((JsonNode)json, (node, part) => int.TryParse(part, out var i) ? node[i]! : node[part]!);

        at.AsObject().Remove(member);

        JsonSchemaCheck.Problems(Schema, json).Should().Equal($"{pointer}/{member} is missing");
    }

    [Test]
    public void Has_the_members_of_the_contract_and_milliseconds_on_the_calls_clock()
    {
        var turn = Written(SampleCall.Result())["turns"]![1]!.ToJsonString();

        var contract = """
            {"caller":{"text":"What is the weather like in Hamburg today?","startMs":2700,"endMs":4900},
            "agent":{"text":"It is eleven degrees and raining. Take an umbrella with you, and a warm coat.",
            "heardText":"It is eleven degrees and raining. Take an umbrella with you","startMs":5420,"endMs":8200,"interrupted":true},
            "timings":{"endOfSpeechMs":4900,"finalTextMs":5230,"turnDecidedMs":5300,"firstTokenMs":5260,"firstSentenceMs":5360,
            "firstAudioMs":5395,"playedMs":5420,"voiceToVoiceMs":520},
            "providers":{"stt":"moonshine","llm":"scripted","tts":"flite"},"toolCalls":[]}
            """;
        turn.Should().Be(contract.ReplaceLineEndings(""));
    }

    [Test]
    public void Has_what_the_agent_says_unasked_as_a_turn_without_a_caller()
    {
        var greeting = Written(SampleCall.Result())["turns"]![0]!;

        greeting["caller"]!.ToJsonString().Should().Be("""{"text":"","startMs":null,"endMs":null}""");
        greeting["agent"]!["text"]!.GetValue<string>().Should().Be("Hello, this is the weather line.");
    }

    [Test]
    public void Is_one_line() => TalkJson.Write(SampleCall.Result(SampleCall.HostileText)).Should().NotContain("\n");

    private static JsonObject Written(TalkResult result) => JsonNode.Parse(TalkJson.Write(result))!.AsObject();
}
