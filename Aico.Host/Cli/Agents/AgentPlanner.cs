using Aico.Abstractions.Plugins;
using Aico.Host.Calls;
using Aico.Host.Calls.Agents;
using Aico.Host.Organizations.Variables;
using Aico.Host.Providers;

namespace Aico.Host.Cli.Agents;

/// <summary>Turns what was asked and the environment into an agent with its providers, or says in one line why not. Makes no provider.</summary>
internal static class AgentPlanner
{
    /// <summary>The name of the host's own detector, for --vad.</summary>
    public const string EnergyDetector = "energy";

    /// <param name="request">What was typed.</param>
    /// <param name="definitions">The providers that there are.</param>
    /// <param name="environment">Below what was typed.</param>
    /// <param name="hears">True where there is a speech-to-text provider.</param>
    /// <param name="listens">True where there is audio that voice activity is looked for in.</param>
    /// <param name="speaks">True where there is a text-to-speech provider.</param>
    /// <exception cref="CliException">Something of the request cannot be done.</exception>
    public static AgentPlan Plan(
        AgentRequest request, IReadOnlyList<ProviderDefinition> definitions, IReadOnlyDictionary<string, string> environment,
        bool hears, bool listens, bool speaks)
    {
        request = AgentPreset.Over(request, definitions);
        var settings = request.Set.Select(SettingArgument.Parse).ToList();
        var chooser = new ProviderChooser(definitions, environment, settings);
        var energy = (request.Vad ?? environment.GetValueOrDefault("VAD_PROVIDER")) == EnergyDetector;
        var stt = hears ? chooser.Choose(ProviderKind.SpeechToText, request.Stt) : null;
        var vad = listens && !energy ? chooser.Choose(ProviderKind.VoiceActivity, request.Vad) : null;
        var llm = chooser.Choose(ProviderKind.LanguageModel, request.Llm);
        var tts = speaks ? chooser.Choose(ProviderKind.TextToSpeech, request.Tts, request.Language) : null;
        return new AgentPlan
        {
            Agent = Agent(request, request.Voice ?? environment.GetValueOrDefault("TTS_VOICE")),
            SpeechToText = stt,
            TextToSpeech = tts,
            LanguageModel = llm,
            VoiceActivity = vad,
            Warnings = [.. chooser.Warnings, .. Unused(chooser), .. Languages(request.Language, stt, tts)],
        };
    }

    private static AgentSettings Agent(AgentRequest request, string? voice)
    {
        var agent = new AgentSettings
        {
            Greeting = string.IsNullOrWhiteSpace(request.Greeting) ? null : request.Greeting,
            Language = request.Language,
            Voice = string.IsNullOrWhiteSpace(voice) ? null : voice,
        };
        if (request.Instructions is { } instructions)
        {
            agent = agent with { Instructions = instructions };
        }

        return request.SilenceTimeout is { } seconds
            ? agent with { Silence = agent.Silence with { AwayAfter = TimeSpan.FromSeconds(seconds) } }
            : agent;
    }

    private static IEnumerable<string> Unused(ProviderChooser chooser) =>
        chooser.UnusedSettings().Select(setting => $"--set {setting} changes nothing: this conversation does not use that provider.");

    private static IEnumerable<string> Languages(string? language, ProviderChoice? stt, ProviderChoice? tts)
    {
        foreach (var (choice, languages, verb) in new[]
        {
            (stt, (stt?.Definition.Capabilities as SpeechToTextCapabilities)?.Languages, "understands"),
            (tts, (tts?.Definition.Capabilities as TextToSpeechCapabilities)?.Languages, "speaks"),
        })
        {
            if (language is not null && choice is not null && languages is { Count: > 0 } && !languages.Any(known => Primary(known) == Primary(language)))
            {
                yield return $"{choice.Key} {verb} {string.Join(", ", languages)}, not {language}.";
            }
        }
    }

    private static string Primary(string tag) => tag.Split('-', '_')[0].ToLowerInvariant();
}
