using Aico.Host.Calls;
using Aico.Host.Calls.Agents;
using Aico.Host.Cli.Agents;
using Aico.Host.Time;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Cli.Talk;

/// <summary>Runs <c>aico talk</c> from the request to the exit code. What cannot be done is thrown, for the command line to say.</summary>
internal sealed class TalkRunner(Func<AicoHost> openHost, TextReader input, TextWriter output, TextWriter notes)
{
    /// <summary>True where a person types, who is shown a prompt and the answer word by word.</summary>
    public bool IsTerminal { get; init; }

    public async Task<int> RunAsync(TalkRequest request, CancellationToken ct)
    {
        var environment = CliEnvironment.Read(request.EnvFiles);
        await using var host = openHost();
        var plan = TalkPlanner.Plan(request, host.Catalog.Definitions, environment);
        // Asked for in a typed conversation, a speech-to-text provider is checked but has nothing to do.
        AgentPlan agent = plan.HasAudio ? plan : plan with { SpeechToText = null };
        await using var providers = ChosenProviders.Create(agent, host.Providers);
        var console = new TalkConsole(output, notes, request.Json, request.Verbose, plan.IsChat && IsTerminal);
        console.Begin(plan);
        await WarmUp.RunAsync(agent, providers.Providers, ct);

        using var logs = request.Verbose ? LoggerFactory.Create(ToNotes) : NullLoggerFactory.Instance;
        var time = plan.Fast ? new VirtualTime() : null;
        var session = time is null
            ? new TalkSession(plan, providers.Providers, console, TimeProvider.System, logs)
            : new TalkSession(
                plan with { Agent = VirtualTimeProviders.Wrap(plan.Agent, time) }, VirtualTimeProviders.Wrap(providers.Providers, time), console, time, logs);
        var result = time is null ? await session.RunAsync(Lines(plan, request, ct), ct) : time.Run(() => session.RunAsync(null, ct));

        // Also after Ctrl-C: what was said until then is what the person wants to hear.
        ConversationFiles.Write(result, session.Recorder);
        console.End(result);
        if (TalkExit.Explain(result, plan) is { } reason)
        {
            await notes.WriteLineAsync($"aico: {reason}");
        }

        return TalkExit.Of(result, plan);
    }

    private IAsyncEnumerable<string>? Lines(TalkPlan plan, TalkRequest request, CancellationToken ct) =>
        plan.IsChat ? new ConsoleLines(input, IsTerminal && !request.Json ? output : null).ReadAsync(ct) : null;

    // Text of speech is logged at Trace only, which stays off; standard output belongs to the transcript.
    private static void ToNotes(ILoggingBuilder logging) =>
        logging.SetMinimumLevel(LogLevel.Debug).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}
