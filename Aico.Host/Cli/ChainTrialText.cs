using Aico.Abstractions.Plugins;
using Aico.Host.Calls.Trials;
using Aico.Host.Providers;

namespace Aico.Host.Cli;

/// <summary>What a trial of a chain came to, for people and for programs.</summary>
internal static class ChainTrialText
{
    public static void Write(TextWriter output, ProviderKind kind, ChainTrialResult result, bool asJson)
    {
        if (asJson)
        {
            CliJson.Write(output, new
            {
                type = ProviderKinds.Code(kind),
                entries = result.Entries.Select(Describe),
                run = new
                {
                    injected = result.Run.Injected?.Code(),
                    result.Run.Answered,
                    result.Run.Reason,
                    result.Run.AnsweredBy,
                    failoverMs = Milliseconds(result.Run.Failover),
                    firstResultMs = Milliseconds(result.Run.FirstResult),
                    attempts = result.Run.Attempts.Select(Describe),
                },
            });
            return;
        }

        output.WriteLine("Each alone:");
        Table(output, result.Entries);
        output.WriteLine();
        output.WriteLine(result.Run.Injected is { } fault ? $"The chain, its first provider made to suffer \"{fault.Code()}\":" : "The chain:");
        Table(output, result.Run.Attempts);
        output.WriteLine();
        output.WriteLine(result.Run.Answered
            ? $"Answered by {result.Run.AnsweredBy}; failover {Milliseconds(result.Run.Failover):0} ms, first result after {Milliseconds(result.Run.FirstResult):0} ms."
            : $"Nobody answered: a caller would have heard an apology. {result.Run.Reason}".TrimEnd());
    }

    private static void Table(TextWriter output, IReadOnlyList<EntryTrial> trials)
    {
        var table = new CliTable("#", "PROVIDER", "RESULT", "CONNECT MS", "FIRST RESULT MS");
        foreach (var trial in trials)
        {
            table.Add(
                [$"{trial.Position + 1}", trial.Provider, trial.Ok ? "ok" : CliJson.Name(trial.Failure!.Value), $"{Milliseconds(trial.Connect):0}", $"{Milliseconds(trial.FirstResult):0}"],
                trial.Message);
        }

        table.Write(output);
    }

    private static object Describe(EntryTrial trial) => new
    {
        trial.Provider,
        trial.Position,
        trial.Ok,
        connectMs = Milliseconds(trial.Connect),
        firstResultMs = Milliseconds(trial.FirstResult),
        tookMs = Milliseconds(trial.Duration),
        trial.Failure,
        trial.Message,
    };

    private static double? Milliseconds(TimeSpan? time) => time is { } known ? Math.Round(known.TotalMilliseconds, 1) : null;
}
