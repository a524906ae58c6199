using System.CommandLine;
using Aico.Host.Cli.Organizations.Desks;
using Aico.Host.Cli.Storage;

namespace Aico.Host.Cli.Organizations;

/// <summary>What the commands about organizations share.</summary>
internal sealed class OrgOptions(Func<AicoHost> openHost, TimeProvider time)
{
    private readonly ServerOption _server = new();

    public DataOptions Data { get; } = new();

    public Option<bool> Json { get; } = CliJson.Option();

    public static Argument<string> Organization() => new("organization") { Description = "The organization's id." };

    public static Argument<string> Provider() => new("provider") { Description = "The provider's key, as \"aico providers list\" shows it." };

    /// <summary>Makes a command that works on the organizations of this machine or, with --server, on those of a running host.</summary>
    /// <param name="command">With its own arguments and options.</param>
    /// <param name="work">As with <see cref="Complete"/>.</param>
    /// <param name="makesDatabase">True where a database is made if there is none.</param>
    public Command CompleteAnywhere(Command command, Func<ParseResult, IOrganizationDesk, CancellationToken, Task<OrgAnswer>> work, bool makesDatabase = false)
    {
        command.Add(_server.Server);
        command.Add(Json);
        Data.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            await using var desk = await OpenAsync(parsed, makesDatabase, ct);
            return Write(parsed, await work(parsed, desk, ct));
        });
        return command;
    }

    /// <summary>Makes a command that works on the organizations of this machine alone.</summary>
    /// <param name="command">With its own arguments and options.</param>
    /// <param name="work">Gives what is printed as JSON, and prints the rest itself; its integer is the exit code.</param>
    /// <param name="makesDatabase">True where a database is made if there is none.</param>
    public Command Complete(Command command, Func<ParseResult, LocalOrganizations, CancellationToken, Task<OrgAnswer>> work, bool makesDatabase = false)
    {
        command.Add(Json);
        Data.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            await using var organizations = await LocalOrganizations.OpenAsync(openHost, parsed, Data, makesDatabase, time, ct);
            return Write(parsed, await work(parsed, organizations, ct));
        });
        return command;
    }

    private async Task<IOrganizationDesk> OpenAsync(ParseResult parsed, bool makesDatabase, CancellationToken ct) =>
        await _server.OpenAsync(parsed, Data, time) is { } api
            ? new RemoteDesk(api, openHost, Data.Variables(parsed))
            : new LocalDesk(await LocalOrganizations.OpenAsync(openHost, parsed, Data, makesDatabase, time, ct));

    private int Write(ParseResult parsed, OrgAnswer answer)
    {
        if (parsed.GetValue(Json))
        {
            CliJson.Write(parsed.InvocationConfiguration.Output, answer.Json);
        }
        else
        {
            answer.Print(parsed.InvocationConfiguration.Output);
        }

        return answer.ExitCode;
    }
}
