using System.CommandLine;
using System.CommandLine.Parsing;
using Aico.Host.Cli.Agents;
using Aico.Host.Cli.Talk;

namespace Aico.Host.Cli;

/// <summary>aico talk: a conversation on this machine, without a room.</summary>
internal static class TalkCommand
{
    private static readonly Option<string[]> In = new("--in") { Description = "A WAV file that the caller says: 8 to 48 kHz, mono or stereo, 16, 24 or 32 bit, or float. May be given again for further turns.", HelpName = "file.wav", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
    private static readonly Option<string[]> Text = new("--text") { Description = "What the caller types instead. May be given again, and between --in.", HelpName = "words", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
    private static readonly Option<string?> Out = new("--out") { Description = "Writes the conversation as a stereo WAV: caller left, agent right, in real time.", HelpName = "file.wav" };
    private static readonly Option<string?> Timeline = new("--timeline") { Description = "Writes the call as one page on a time axis, with its audio; it opens in every browser, without a network.", HelpName = "file.html" };
    private static readonly Option<bool> Fast = new("--fast") { Description = "As fast as possible: waiting is skipped, while the providers take the time that they take." };
    private static readonly Option<bool> Json = new("--json") { Description = "Prints one JSON object and nothing else (docs/schemas/talk.schema.json)." };
    private static readonly Option<double?> InterruptAfter = new("--interrupt-after") { Description = "The next turn begins this long after the agent began to answer, and interrupts it.", HelpName = "seconds" };
    private static readonly Option<double> Pause = new("--pause") { Description = "Silence between an answer and the caller's next turn.", HelpName = "seconds", DefaultValueFactory = _ => 0.6 };
    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Shows every event of the call on standard error." };

    public static Command Create(Func<AicoHost> openHost)
    {
        var command = new Command("talk", Description)
        {
            In, Text, Out, Timeline, Fast, Json, InterruptAfter, Pause, Verbose,
        };
        foreach (var option in AgentOptions.All)
        {
            command.Add(option);
        }

        command.SetAction((result, ct) =>
        {
            var streams = result.InvocationConfiguration;
            var runner = new TalkRunner(openHost, Console.In, streams.Output, streams.Error) { IsTerminal = !Console.IsInputRedirected };
            return runner.RunAsync(Request(result), ct);
        });
        return command;
    }

    internal static TalkRequest Request(ParseResult result) => AgentOptions.Read(result, new TalkRequest
    {
        Turns = Turns(result),
        Out = result.GetValue(Out),
        Timeline = result.GetValue(Timeline),
        Fast = result.GetValue(Fast),
        Json = result.GetValue(Json),
        Verbose = result.GetValue(Verbose),
        InterruptAfter = result.GetValue(InterruptAfter),
        Pause = result.GetValue(Pause),
    });

    private const string Description = """
        Holds a conversation on this machine: WAV files or typed words in, a transcript with latencies out, and a recording where one is asked for. Without --in and --text it is a typed chat, or reads one turn a line from standard input.

        Exit codes: 0 the conversation was held; 1 the call failed, or no turn was answered; 2 something was asked for that cannot be done (a missing file, a broken WAV, an unknown provider or setting); 130 ended by Ctrl-C, what was recorded is written.
        """;

    // The order of --in and --text among each other is the order of the turns; only the tokens still know it.
    private static List<TalkRequest.CallerInput> Turns(ParseResult result)
    {
        var turns = new List<TalkRequest.CallerInput>();
        for (var i = 0; i + 1 < result.Tokens.Count; i++)
        {
            var option = result.Tokens[i];
            if (option.Type == TokenType.Option && option.Value is "--in" or "--text" && result.Tokens[i + 1].Type == TokenType.Argument)
            {
                turns.Add(new TalkRequest.CallerInput(result.Tokens[i + 1].Value, option.Value == "--in"));
            }
        }

        return turns;
    }
}
