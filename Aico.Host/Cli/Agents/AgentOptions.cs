using System.CommandLine;

namespace Aico.Host.Cli.Agents;

/// <summary>The options that describe an agent and its providers, the same for every command that runs one.</summary>
internal static class AgentOptions
{
    private static readonly Option<string?> Stt = new("--stt") { Description = "Speech-to-text provider. Default: STT_PROVIDER, else moonshine.", HelpName = "provider" };
    private static readonly Option<string?> Tts = new("--tts") { Description = "Text-to-speech provider. Default: TTS_PROVIDER, else flite for English and espeak for other languages.", HelpName = "provider" };
    private static readonly Option<string?> Llm = new("--llm") { Description = "Language model. Default: LLM_PROVIDER, else openai-compatible where LLM_BASE_URL or LLM_MODEL is set, else scripted, which is no language model.", HelpName = "provider" };
    private static readonly Option<string?> Vad = new("--vad") { Description = "Voice activity detector. Default: VAD_PROVIDER, else silero; \"energy\" is the host's own.", HelpName = "provider" };
    private static readonly Option<string?> Preset = new("--preset") { Description = "Providers by one name; --stt, --tts and --llm stand above it.", HelpName = string.Join('|', AgentPreset.Names) };
    private static readonly Option<string?> Voice = new("--voice") { Description = "The text-to-speech provider's name of a voice. Default: TTS_VOICE.", HelpName = "name" };
    private static readonly Option<string?> Language = new("--language") { Description = "The language that is heard and spoken, such as en or de.", HelpName = "tag" };
    private static readonly Option<string[]> Set = new("--set") { Description = "A provider's setting, such as flite.rate=1.2; JSON where it is JSON, text otherwise. May be given again. Secrets are safer in the environment.", HelpName = "provider.setting=value", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
    private static readonly Option<string[]> EnvFiles = EnvironmentOption.Create();
    private static readonly Option<string?> Greeting = new("--greeting") { Description = "What the agent says first. Default: nothing, the caller speaks first.", HelpName = "words" };
    private static readonly Option<string?> Instructions = new("--instructions") { Description = "How the agent is to behave.", HelpName = "words" };
    private static readonly Option<double?> SilenceTimeout = new("--silence-timeout") { Description = "Silence after which the agent asks whether the caller is still there; 0 never. Default: 15 where the caller speaks, else 0.", HelpName = "seconds" };

    public static IEnumerable<Option> All { get; } = [Preset, Stt, Tts, Llm, Vad, Voice, Language, Set, EnvFiles, Greeting, Instructions, SilenceTimeout];

    /// <summary>Fills the part of a request that these options describe.</summary>
    public static T Read<T>(ParseResult result, T request)
        where T : AgentRequest => (T)(request with
        {
            Preset = result.GetValue(Preset),
            Stt = result.GetValue(Stt),
            Tts = result.GetValue(Tts),
            Llm = result.GetValue(Llm),
            Vad = result.GetValue(Vad),
            Voice = result.GetValue(Voice),
            Language = result.GetValue(Language),
            Set = result.GetValue(Set) ?? [],
            EnvFiles = result.GetValue(EnvFiles) ?? [],
            Greeting = result.GetValue(Greeting),
            Instructions = result.GetValue(Instructions),
            SilenceTimeout = result.GetValue(SilenceTimeout),
        });
}
