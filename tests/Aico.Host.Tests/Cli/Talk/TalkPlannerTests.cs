using Aico.Host.Calls.Agents;
using Aico.Host.Cli;
using Aico.Host.Cli.Talk;

namespace Aico.Host.Tests.Cli.Talk;

public class TalkPlannerTests
{
    private static readonly TalkRequest Typed = new() { Turns = [new TalkRequest.CallerInput("Hello.", false)] };

    [Test]
    public void Takes_the_built_in_providers_where_nothing_is_said()
    {
        using var wav = new TemporaryWav();

        var plan = Plan(Spoken(wav));

        plan.SpeechToText!.Key.Should().Be("moonshine");
        plan.VoiceActivity!.Key.Should().Be("silero");
        plan.LanguageModel.Key.Should().Be("scripted");
        plan.TextToSpeech!.Key.Should().Be("flite");
        plan.Agent.Silence.AwayAfter.Should().Be(TimeSpan.FromSeconds(15));
    }

    [Test]
    public void Speaks_other_languages_with_espeak_and_says_what_does_not_understand_them()
    {
        using var wav = new TemporaryWav();

        var plan = Plan(Spoken(wav) with { Language = "de" });

        plan.TextToSpeech!.Key.Should().Be("espeak");
        plan.Warnings.Should().ContainSingle().Which.Should().Be("moonshine understands en, not de.");
    }

    [Test]
    public void Only_writes_in_a_typed_conversation_that_nobody_listens_to()
    {
        var plan = Plan(Typed);

        plan.TextToSpeech.Should().BeNull();
        plan.SpeechToText.Should().BeNull();
        plan.Agent.Silence.AwayAfter.Should().Be(TimeSpan.Zero, "somebody who types takes time to think");
        Plan(Typed with { Out = "x.wav" }).TextToSpeech!.Key.Should().Be("flite");
    }

    [Test]
    public void Takes_a_language_model_from_the_environment_and_the_flag_before_it()
    {
        var environment = new Dictionary<string, string>
        {
            ["LLM_BASE_URL"] = "http://127.0.0.1:11434/v1",
            ["LLM_MODEL"] = "4",
            ["OPENAI_API_KEY"] = "k-1",
            ["TTS_VOICE"] = "slt",
            ["TTS_PROVIDER"] = "espeak",
        };

        var plan = Plan(Typed with { Out = "x.wav" }, environment);

        plan.LanguageModel.Key.Should().Be("openai-compatible");
        plan.LanguageModel.Settings.ToJsonString().Should().Be("""{"baseUrl":"http://127.0.0.1:11434/v1","model":"4"}""");
        plan.LanguageModel.Secrets["apiKey"].Reveal().Should().Be("k-1");
        (plan.Agent.Voice, plan.TextToSpeech!.Key).Should().Be(("slt", "espeak"));
        Plan(Typed with { Llm = "scripted", Tts = "flite", Voice = "rms" }, environment).Should().Match<TalkPlan>(
            flags => flags.LanguageModel.Key == "scripted" && flags.TextToSpeech!.Key == "flite" && flags.Agent.Voice == "rms");
    }

    [Test]
    public void Sends_a_key_of_OpenAI_to_OpenAI_where_no_other_address_is_given()
    {
        var plan = Plan(Typed, new Dictionary<string, string> { ["LLM_MODEL"] = "m", ["OPENAI_API_KEY"] = "k-1" });

        plan.LanguageModel.Settings["baseUrl"]!.GetValue<string>().Should().Be("https://api.openai.com/v1");
    }

    [Test]
    public void Sets_what_a_provider_takes_over_what_the_environment_says()
    {
        var plan = Plan(
            Typed with { Tts = "flite", Set = ["flite.rate=1.5", "flite.dialect=12", "openai-compatible.model=big", "openai-compatible.apiKey=k-2"], Llm = "openai-compatible" },
            new Dictionary<string, string> { ["LLM_MODEL"] = "small" });

        plan.TextToSpeech!.Settings.ToJsonString().Should().Be("""{"rate":1.5,"dialect":"12"}""");
        plan.LanguageModel.Settings["model"]!.GetValue<string>().Should().Be("big");
        plan.LanguageModel.Secrets["apiKey"].Reveal().Should().Be("k-2");
        plan.Warnings.Should().ContainSingle(warning => warning.Contains("environment variable")).Which.Should().NotContain("k-2");
    }

    [Test]
    public void Says_which_settings_change_nothing() =>
        Plan(Typed with { Set = ["espeak.rate=1.5"] }).Warnings.Should().ContainSingle().Which.Should().StartWith("--set espeak.rate changes nothing");

    [Test]
    public void Takes_the_energy_based_detector_when_asked_to()
    {
        using var wav = new TemporaryWav();

        Plan(Spoken(wav) with { Vad = "energy" }).VoiceActivity.Should().BeNull();
    }

    [TestCase("--llm scriptd", "--llm: there is no llm provider \"scriptd\". Did you mean scripted?")]
    [TestCase("--llm flite", "--llm: there is no llm provider \"flite\". Known: scripted, openai-compatible.")]
    [TestCase("--set flit.rate=1", "--set flit.rate: there is no provider \"flit\". Did you mean flite?")]
    [TestCase("--set flite.rate", "--set: expected provider.setting=value, such as flite.rate=1.2.")]
    [TestCase("--set rate=1", "--set rate=…: expected provider.setting=value, such as flite.rate=1.2.")]
    [TestCase("--in no-such.wav", "--in no-such.wav: there is no such file.")]
    [TestCase("--in .", "--in .: this is a folder; name a WAV file.")]
    [TestCase("--pause 1e9", "--pause: expected seconds from 0 to 3600.")]
    [TestCase("--interrupt-after -1", "--interrupt-after: expected seconds from 0 to 3600.")]
    [TestCase("--out no-such-folder/x.wav", "--out no-such-folder/x.wav: the folder *no-such-folder does not exist.")]
    [TestCase("--timeline .", "--timeline .: this is a folder; name a file.")]
    [TestCase("--out x.wav --timeline x.wav", "--out and --timeline name the same file.")]
    public void Refuses_in_one_line(string options, string line)
    {
        var plan = () => Plan(TalkCommandTests.Parse($"talk --text hello {options}"));

        CliErrors.ExitCodeOf(plan.Should().Throw<Exception>().WithMessage(line).Which).Should().Be(ExitCode.BadUsage);
    }

    [Test]
    public void Refuses_a_setting_that_does_not_exist_and_names_the_nearest()
    {
        var plan = () => Plan(Typed with { Tts = "flite", Set = ["flite.rat=1"] });

        CliErrors.ExitCodeOf(plan.Should().Throw<Exception>().WithMessage("flite: *\"rat\"*\"rate\"*").Which).Should().Be(ExitCode.BadUsage);
    }

    [Test]
    public void Refuses_a_broken_file_and_says_what_is_wrong_with_it()
    {
        using var wav = new TemporaryWav();
        File.WriteAllText(wav.Path, "This is no audio at all.");

        var plan = () => Plan(Spoken(wav));

        plan.Should().Throw<CliException>().WithMessage($"--in {wav.Path}: *no WAV file*");
    }

    [Test]
    public void Never_overwrites_what_the_caller_says()
    {
        using var wav = new TemporaryWav();

        var plan = () => Plan(Spoken(wav) with { Out = wav.Path });

        plan.Should().Throw<CliException>().WithMessage("*would overwrite*");
    }

    [Test]
    public void Refuses_to_hurry_whoever_types()
    {
        var plan = () => Plan(new TalkRequest { Fast = true });

        plan.Should().Throw<CliException>().WithMessage("--fast needs --in or --text*");
    }

    private static TalkRequest Spoken(TemporaryWav wav) => new() { Turns = [new TalkRequest.CallerInput(wav.Path, true)] };

    private static TalkPlan Plan(TalkRequest request, Dictionary<string, string>? environment = null) =>
        TalkPlanner.Plan(request, SampleProviders.Definitions, environment ?? []);
}
