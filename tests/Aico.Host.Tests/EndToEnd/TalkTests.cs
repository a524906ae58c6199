using System.Text.Json.Nodes;
using Aico.Host.Audio;
using Aico.Host.Cli.Bench;

namespace Aico.Host.Tests.EndToEnd;

/// <summary>The main job, on the assembled program with its real providers: human speech in, an answer that can be heard out.</summary>
public class TalkTests
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"aico-talk-{Guid.NewGuid():N}");

    [OneTimeSetUp]
    public void Create() => Directory.CreateDirectory(_folder);

    [OneTimeTearDown]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Understands_human_speech_and_answers_it()
    {
        var wav = Path.Combine(_folder, "conversation.wav");
        var timeline = Path.Combine(_folder, "timeline.html");
        string[] args = ["talk", "--fast", "--json", "--out", wav, "--timeline", timeline];

        var talk = await AicoProcess.RunAsync([.. args, .. LibrivoxClips.All.SelectMany(clip => new[] { "--in", clip.Path })]);

        talk.ExitCode.Should().Be(0, "it printed {0}", talk.Error);
        var turns = talk.Json["turns"]!.AsArray();
        var heard = string.Join(' ', turns.Select(turn => (string)turn!["caller"]!["text"]!));
        var rate = WordErrorRate.Between(string.Join(' ', LibrivoxClips.All.Select(clip => clip.Text)), heard);
        TestContext.Out.WriteLine(rate);
        rate.Words.Should().Be(71);
        rate.Rate.Should().BeLessThanOrEqualTo(0.05, "it was {0}: {1}", rate, heard);
        talk.Json["errors"]!.AsArray().Should().BeEmpty();
        File.ReadAllText(timeline).Should().Contain("</html>");
        foreach (var turn in turns)
        {
            IsSpokenWhereItSays(turn!, WavReader.Read(wav, channel: 1));
        }
    }

    [Test]
    public async Task Is_interrupted_by_a_caller_who_speaks_into_the_answer()
    {
        var first = LibrivoxClips.All[0].Path;
        var second = LibrivoxClips.All[4].Path;

        var talk = await AicoProcess.RunAsync("talk", "--fast", "--json", "--in", first, "--in", second, "--interrupt-after", "1.5");

        talk.ExitCode.Should().Be(0, "it printed {0}", talk.Error);
        var agent = talk.Json["turns"]![0]!["agent"]!;
        ((bool)agent["interrupted"]!).Should().BeTrue();
        var (text, heard) = ((string)agent["text"]!, (string)agent["heardText"]!);
        heard.Should().NotBeEmpty().And.NotBe(text);
        text.Should().StartWith(heard, "the conversation keeps what was heard and no more");
        WordErrorRate.Between(LibrivoxClips.All[4].Text, (string)talk.Json["turns"]!.AsArray()[^1]!["caller"]!["text"]!).Errors.Should().BeLessThanOrEqualTo(1);
    }

    [Test]
    public async Task Says_to_its_end_what_is_marked_and_nothing_of_the_marks()
    {
        const string Script = """{ "otherwise": "<no-interrupt>This call is recorded, and you can ask for the recording at any time.</no-interrupt>" }""";

        var talk = await AicoProcess.RunAsync(
            "talk", "--fast", "--json", "--in", LibrivoxClips.All[0].Path, "--in", LibrivoxClips.All[4].Path, "--interrupt-after", "1.5",
            "--llm", "scripted", "--set", $"scripted.script={Script}");

        talk.ExitCode.Should().Be(0, "it printed {0}", talk.Error);
        var agent = talk.Json["turns"]![0]!["agent"]!;
        ((bool)agent["interrupted"]!).Should().BeFalse();
        ((string)agent["heardText"]!).Should().Be("This call is recorded, and you can ask for the recording at any time.");
        WordErrorRate.Between(LibrivoxClips.All[4].Text, (string)talk.Json["turns"]!.AsArray()[^1]!["caller"]!["text"]!).Errors.Should()
            .BeLessThanOrEqualTo(1, "what was said meanwhile is answered afterwards");
    }

    [TestCase("--in", "nowhere.wav", "nowhere.wav")]
    [TestCase("--stt", "moonshin", "moonshine")]
    [TestCase("--set", "flite.speed", "provider.setting=value")]
    public async Task Says_in_one_line_what_cannot_be_done(string option, string value, string expected)
    {
        var talk = await AicoProcess.RunAsync("talk", option, value);

        talk.ExitCode.Should().Be(2);
        talk.Output.Should().BeEmpty();
        talk.Error.Trim().Should().NotContain("\n").And.Contain(expected);
    }

    private static void IsSpokenWhereItSays(JsonNode turn, WavAudio agent)
    {
        var (start, end) = ((double)turn["agent"]!["startMs"]!, (double)turn["agent"]!["endMs"]!);
        ((double)turn["timings"]!["voiceToVoiceMs"]!).Should().BePositive();
        Level(agent, start, end).Should().BeGreaterThan(-40, "the answer can be heard");
        Level(agent, (double)turn["caller"]!["startMs"]!, (double)turn["caller"]!["endMs"]!).Should().BeLessThan(-90, "the agent is silent while the caller speaks");
    }

    private static double Level(WavAudio audio, double startMs, double endMs)
    {
        var (from, to) = ((int)(startMs * audio.SampleRate / 1000), (int)(endMs * audio.SampleRate / 1000));
        return AudioLevel.RmsDb(audio.Samples.AsSpan(from, Math.Min(to, audio.Samples.Length) - from));
    }
}
