using System.CommandLine;
using System.CommandLine.Parsing;
using Aico.Host.Api;
using Aico.Host.Cli.Agents;
using Aico.Host.Cli.Serve;
using Aico.Host.Cli.Serve.CallHosts;

namespace Aico.Host.Cli;

/// <summary><c>aico serve</c>: the API and the agents, until a signal ends it.</summary>
internal static class ServeCommand
{
    private static readonly Option<ServeRole> Role = new("--role") { Description = "What this process serves.", DefaultValueFactory = _ => ServeRole.All };
    private static readonly Option<string> Host = new("--host") { Description = "The address that the API listens on. Anything but loopback needs AICO_INTERNAL_API_KEY.", HelpName = "address", DefaultValueFactory = _ => "127.0.0.1" };
    private static readonly Option<int> Port = new("--port") { Description = "The port of the API; 0 any free one.", HelpName = "number", DefaultValueFactory = _ => ApiOptions.DefaultPort };
    private static readonly Option<string?> Urls = new("--urls") { Description = "Address and port in one, such as http://127.0.0.1:5005; over --host and --port.", HelpName = "url" };
    private static readonly Option<string?> AgentName = new("--agent-name") { Description = "Rooms must ask for the agent by this name. Default: LIVEKIT_AGENT_NAME, else none: it joins every room.", HelpName = "name" };
    private static readonly Option<int> MaxCalls = new("--max-calls") { Description = "Calls at one time.", HelpName = "number", DefaultValueFactory = _ => 50 };
    private static readonly Option<double> MaxLoad = new("--max-load") { Description = "Share of the processors, 0 to 1, from which on no more calls are taken; 1 takes calls whatever the load.", HelpName = "share", DefaultValueFactory = _ => 0.7 };
    private static readonly Option<double> DrainTimeout = new("--drain-timeout") { Description = "How long running calls may go on after the first signal; then they say goodbye. A second signal ends them at once.", HelpName = "seconds", DefaultValueFactory = _ => 3600 };
    private static readonly Option<string?> DataDir = new("--data-dir") { Description = "Where the database and the key file lie. Default: AICO_DATA_DIR, else the user's own data folder.", HelpName = "folder" };
    private static readonly Option<bool> DeleteRoom = new("--delete-room") { Description = "Deletes the room when the call ends, which hangs up on everybody in it." };
    private static readonly Option<bool> NoiseSuppression = new("--noise-suppression") { Description = "Suppresses noise in what callers say, with WebRTC's audio processing." };
    private static readonly Option<bool> TextOnly = new("--text-only") { Description = "Callers write and the agent writes; no audio either way." };
    private static readonly Option<bool> ShowInternals = new("--show-internals") { Description = "Tells the caller's frontend instructions, tool calls and errors. For the agents playground, never for strangers." };
    private static readonly Option<bool> JsonLogs = new("--json") { Description = "Writes the log as one JSON object a line." };
    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Logs more, the native library's own log among it." };

    private static readonly Option<int?> CallHosts = new("--call-hosts") { Description = "Takes the calls in so many processes of their own, so that a crash ends only the calls of one; they share --max-calls. Default: AICO_CALL_HOSTS, else 0: calls run in this process.", HelpName = "number" };
    private static readonly Option<int?> CallHostCalls = new("--call-host-calls") { Description = "Replaces a call host after so many calls, which end in peace. Default: never.", HelpName = "number" };
    private static readonly Option<int?> CallHostMemory = new("--call-host-memory") { Description = "Replaces a call host that holds more resident memory. Default: never.", HelpName = "MB" };
    private static readonly Option<int?> CallHost = new(CallHostLauncher.NumberOption) { Description = "Which call host this is; started by its supervisor.", HelpName = "number", Hidden = true };

    // What a call host is given in its own way, or has no use for.
    private static readonly Option[] NotInherited = [Role, Host, Port, Urls, MaxCalls, DataDir, CallHosts, CallHostCalls, CallHostMemory, CallHost];

    public static Command Create(Func<AicoHostOptions, AicoHost> openHost)
    {
        var command = new ServingCommand("serve", Description)
        {
            Role, Host, Port, Urls, AgentName, MaxCalls, MaxLoad, DrainTimeout, DataDir, DeleteRoom, NoiseSuppression, TextOnly, ShowInternals, JsonLogs, Verbose,
            CallHosts, CallHostCalls, CallHostMemory, CallHost,
        };
        foreach (var option in AgentOptions.All)
        {
            command.Add(option);
        }

        command.SetAction((result, ct) => new ServeRunner(openHost, TimeProvider.System).RunAsync(Request(result), ct));
        return command;
    }

    internal static ServeRequest Request(ParseResult result) => AgentOptions.Read(result, new ServeRequest
    {
        Role = result.GetValue(Role),
        Host = result.GetRequiredValue(Host),
        Port = result.GetValue(Port),
        Urls = result.GetValue(Urls),
        AgentName = result.GetValue(AgentName),
        MaxCalls = result.GetValue(MaxCalls),
        MaxLoad = result.GetValue(MaxLoad),
        DrainTimeout = result.GetValue(DrainTimeout),
        DataDir = result.GetValue(DataDir),
        DeleteRoom = result.GetValue(DeleteRoom),
        NoiseSuppression = result.GetValue(NoiseSuppression),
        TextOnly = result.GetValue(TextOnly),
        ShowInternals = result.GetValue(ShowInternals),
        JsonLogs = result.GetValue(JsonLogs),
        Verbose = result.GetValue(Verbose),
        CallHosts = result.GetValue(CallHosts),
        CallHostCalls = result.GetValue(CallHostCalls),
        CallHostMemory = result.GetValue(CallHostMemory),
        CallHost = result.GetValue(CallHost),
        Inherited = [.. Inherited(result)],
    });

    private static IEnumerable<string> Inherited(ParseResult result) =>
        from option in result.CommandResult.Children.OfType<OptionResult>()
        where !option.Implicit && !NotInherited.Contains(option.Option)
        from typed in option.Tokens.Count == 0 ? [option.Option.Name] : option.Tokens.Select(token => $"{option.Option.Name}={token.Value}")
        select typed;

    private const string Description = """
        Serves the API and, where LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET are set, calls in the rooms of that LiveKit server. The agent is described by the options below and the environment. With --call-hosts the calls run in processes that this one starts, watches and replaces (docs/call-hosts.md).

        Exit codes: 0 ended by a signal, after the calls had ended; 1 the port is taken or a provider cannot be made; 2 something was asked for that cannot be done; 70 the native library broke, start it again.
        """;
}
