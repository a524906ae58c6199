using System.CommandLine;
using Aico.Abstractions.Plugins;
using Aico.Host.Cli.Storage;
using Aico.Host.Organizations.Remote;

namespace Aico.Host.Cli.Organizations.Desks;

/// <summary><c>--server</c>: a running host's API in place of this machine's files and database.</summary>
/// <param name="unset">The address where none is given, for a command that has nothing on this machine to look at; null: there is no server then.</param>
internal sealed class ServerOption(string? unset = null)
{
    // The key is no option: a command line is seen by everyone on the machine.
    private static readonly string[] KeyVariables = ["AICO_API_KEY", "AICO_INTERNAL_API_KEY"];

    public Option<string?> Server { get; } = new("--server")
    {
        Description = $"The address of a running host{(unset is null ? ", whose API is asked in place of this machine's files and database" : $". Default: {unset}")}. The key is in {string.Join(", else in ", KeyVariables)}, of the environment or --env-file.",
        HelpName = "url",
        DefaultValueFactory = _ => unset,
    };

    /// <summary>The API of the server that is named; null where none is.</summary>
    /// <exception cref="CliException">It is no address, or there is a --data-dir besides.</exception>
    public async Task<RemoteApi?> OpenAsync(ParseResult parsed, DataOptions data, TimeProvider time)
    {
        if (parsed.GetValue(Server) is not { } text)
        {
            return null;
        }

        if (parsed.GetValue(data.DataDir) is not null)
        {
            throw new CliException("--server and --data-dir contradict each other: the organizations are on the server, or in the folder.");
        }

        return await OpenAsync(text, data.Variables(parsed), parsed.InvocationConfiguration.Error, time);
    }

    /// <summary>The API of a server.</summary>
    /// <exception cref="CliException">It is no address.</exception>
    public static async Task<RemoteApi> OpenAsync(string text, IReadOnlyDictionary<string, string> variables, TextWriter error, TimeProvider time)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https") || server.UserInfo.Length > 0 || server.Query.Length > 0 || server.Fragment.Length > 0)
        {
            throw new CliException("--server: expected an address such as https://aico.example.com or http://127.0.0.1:8080, without a user, a query or a fragment.");
        }

        var key = Key(variables);
        if (BackendAddress.WarningFor(server) is not null)
        {
            await error.WriteLineAsync(
                $"aico: {server.Scheme}://{server.Authority} is not encrypted: the key, and secrets that are set, can be read on the way. Use https.");
        }

        return new RemoteApi(server, key, time);
    }

    private static Secret? Key(IReadOnlyDictionary<string, string> variables)
    {
        foreach (var name in KeyVariables)
        {
            if (variables.GetValueOrDefault(name)?.Trim() is { Length: > 0 } value)
            {
                return RemoteApi.IsHeaderValue(value) ? new Secret(value) : throw new CliException($"{name} has characters that no key has.");
            }
        }

        return null;
    }
}
