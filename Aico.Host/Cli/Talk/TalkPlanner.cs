using Aico.Abstractions.Plugins;
using Aico.Host.Calls;
using Aico.Host.Providers;

namespace Aico.Host.Cli.Talk;

/// <summary>Turns what was asked into a conversation that can begin, or says in one line why it cannot. Makes no provider and writes nothing.</summary>
internal static class TalkPlanner
{
    /// <summary>The name of the host's own detector, for --vad.</summary>
    public const string EnergyDetector = "energy";

    /// <exception cref="CliException">Something of the request cannot be done.</exception>
    public static TalkPlan Plan(
        TalkRequest request, IReadOnlyList<ProviderDefinition> definitions, IReadOnlyDictionary<string, string> environment)
    {
        CheckNumbers(request);
        CheckFiles(request);
        var settings = request.Set.Select(SettingArgument.Parse).ToList();
        var lines = request.Turns.Select(Read).ToList();
        var chooser = new ProviderChooser(definitions, environment, settings);

        var speaks = request.HasAudio || request.Out is not null || request.Timeline is not null || request.Tts is not null;
        var hears = request.HasAudio || request.Stt is not null;
        var stt = hears ? chooser.Choose(ProviderKind.SpeechToText, request.Stt) : null;
        var vad = request.HasAudio && request.Vad != EnergyDetector ? chooser.Choose(ProviderKind.VoiceActivity, request.Vad) : null;
        var llm = chooser.Choose(ProviderKind.LanguageModel, request.Llm);
        var tts = speaks ? chooser.Choose(ProviderKind.TextToSpeech, request.Tts, request.Language) : null;
        var voice = request.Voice ?? environment.GetValueOrDefault("TTS_VOICE");

        return new TalkPlan
        {
            Turns = lines,
            Script = new CallerScriptSettings
            {
                AwaitsGreeting = !string.IsNullOrWhiteSpace(request.Greeting),
                Pause = TimeSpan.FromSeconds(request.Pause),
                InterruptAfter = request.InterruptAfter is { } after ? TimeSpan.FromSeconds(after) : null,
            },
            Agent = Agent(request, voice),
            SpeechToText = stt,
            TextToSpeech = tts,
            LanguageModel = llm,
            VoiceActivity = vad,
            Out = request.Out,
            Timeline = request.Timeline,
            Fast = request.Fast,
            Warnings = [.. chooser.Warnings, .. Unused(chooser), .. Languages(request.Language, stt, tts)],
        };
    }

    private static AgentSettings Agent(TalkRequest request, string? voice)
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

        // Somebody who types takes time to think: only a caller who speaks is asked whether they are still there.
        var away = request.SilenceTimeout is { } seconds ? TimeSpan.FromSeconds(seconds)
            : request.HasAudio ? agent.Silence.AwayAfter
            : TimeSpan.Zero;
        return agent with { Silence = agent.Silence with { AwayAfter = away } };
    }

    private static CallerLine Read(TalkRequest.CallerInput input) =>
        input.IsFile ? CallerAudio.Read(input.Value) : new CallerLine.Typed(input.Value);

    private static void CheckNumbers(TalkRequest request)
    {
        foreach (var (option, value, minimum) in new (string, double?, double)[]
        {
            ("--pause", request.Pause, 0), ("--interrupt-after", request.InterruptAfter, 0), ("--silence-timeout", request.SilenceTimeout, 0),
        })
        {
            if (value is { } seconds && !(seconds >= minimum && seconds <= 3600))
            {
                throw new CliException($"{option}: expected seconds from 0 to 3600.");
            }
        }

        if (request.Turns.Any(turn => string.IsNullOrWhiteSpace(turn.Value)))
        {
            throw new CliException("--in and --text need a value.");
        }

        if (request.Fast && request.IsChat)
        {
            throw new CliException("--fast needs --in or --text: a typed chat waits for whoever types.");
        }
    }

    private static void CheckFiles(TalkRequest request)
    {
        foreach (var (option, path) in new[] { ("--out", request.Out), ("--timeline", request.Timeline) })
        {
            if (path is null)
            {
                continue;
            }

            var full = FullPath(option, path);
            if (Directory.Exists(full))
            {
                throw new CliException($"{option} {path}: this is a folder; name a file.");
            }

            if (!Directory.Exists(Path.GetDirectoryName(full)))
            {
                throw new CliException($"{option} {path}: the folder {Path.GetDirectoryName(full)} does not exist.");
            }

            if (request.Turns.Any(turn => turn.IsFile && FullPath("--in", turn.Value) == full))
            {
                throw new CliException($"{option} {path}: this would overwrite the file of --in.");
            }
        }

        if (request.Out is { } recording && request.Timeline is { } timeline && FullPath("--out", recording) == FullPath("--timeline", timeline))
        {
            throw new CliException("--out and --timeline name the same file.");
        }
    }

    private static string FullPath(string option, string path)
    {
        try
        {
            return Path.GetFullPath(path);
        }
        catch (ArgumentException)
        {
            throw new CliException($"{option}: this is no path.");
        }
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
