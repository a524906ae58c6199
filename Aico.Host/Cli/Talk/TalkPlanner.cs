using Aico.Host.Calls.Agents;
using Aico.Host.Cli.Agents;
using Aico.Host.Providers;

namespace Aico.Host.Cli.Talk;

/// <summary>Turns what was asked into a conversation that can begin, or says in one line why it cannot. Makes no provider and writes nothing.</summary>
internal static class TalkPlanner
{
    /// <exception cref="CliException">Something of the request cannot be done.</exception>
    public static TalkPlan Plan(
        TalkRequest request, IReadOnlyList<ProviderDefinition> definitions, IReadOnlyDictionary<string, string> environment)
    {
        CheckNumbers(request);
        CheckFiles(request);
        var lines = request.Turns.Select(Read).ToList();
        var speaks = request.HasAudio || request.Out is not null || request.Timeline is not null || request.Tts is not null;
        var hears = request.HasAudio || request.Stt is not null;

        // Somebody who types takes time to think: only a caller who speaks is asked whether they are still there.
        var timed = request with { SilenceTimeout = request.SilenceTimeout ?? (request.HasAudio ? null : 0) };
        return new TalkPlan(AgentPlanner.Plan(timed, definitions, environment, hears, listens: request.HasAudio, speaks))
        {
            Turns = lines,
            Script = new CallerScriptSettings
            {
                AwaitsGreeting = !string.IsNullOrWhiteSpace(request.Greeting),
                Pause = TimeSpan.FromSeconds(request.Pause),
                InterruptAfter = request.InterruptAfter is { } after ? TimeSpan.FromSeconds(after) : null,
            },
            Out = request.Out,
            Timeline = request.Timeline,
            Fast = request.Fast,
        };
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
}
