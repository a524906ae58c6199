using System.CommandLine;
using System.CommandLine.Parsing;
using Aico.Abstractions;
using Aico.Host.Api;
using Aico.Host.LiveKit.Rooms;
using Aico.Host.Organizations.Changes;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Files;
using Aico.Host.Organizations.Secrets;
using Aico.Host.Organizations.Variables;
using Aico.Host.Providers;
using Aico.Host.Storage;
using Aico.Host.Usage.Prices;

namespace Aico.Host.Cli;

/// <summary>Turns what can go wrong into one line for a person and an exit code. What is not here is a defect and shows its stack trace.</summary>
internal static class CliErrors
{
    /// <summary>The exit code of an expected fault; null where the fault is a defect.</summary>
    public static int? ExitCodeOf(Exception fault) => fault switch
    {
        CliException cli => cli.ExitCode,
        SettingsException or ProviderChoiceException or ApiUnprotectedException => ExitCode.BadUsage,
        FileNotFoundException or DirectoryNotFoundException => ExitCode.BadUsage,
        StoreNotFoundException or OrganizationNotFoundException or UnknownProviderException or FileManagedException or OrganizationFileException or PriceFileException => ExitCode.BadUsage,
        OrganizationSourceException => ExitCode.Failed,
        StoreUnavailableException or StoreConflictException or MasterKeyException => ExitCode.Failed,
        ProviderException or RoomException or IOException or UnauthorizedAccessException => ExitCode.Failed,
        OperationCanceledException => ExitCode.Interrupted,
        _ => null,
    };

    /// <summary>What to print for an expected fault.</summary>
    public static string Describe(Exception fault) => fault is OperationCanceledException ? "Interrupted." : OneLine(fault.Message);

    /// <summary>What to print where the arguments were not understood.</summary>
    public static string Describe(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var message = OneLine(parsed.Errors[0].Message).TrimEnd('.');
        if (parsed.UnmatchedTokens is [var unknown, ..])
        {
            var known = command.Subcommands.Select(sub => sub.Name).Concat(command.Options.Select(option => option.Name));
            var nearest = NearestName.Of(unknown, known);
            message = $"There is no \"{unknown}\" here{(nearest is null ? "" : $"; did you mean \"{nearest}\"?")}".TrimEnd('.');
        }

        return $"{message}{(message.EndsWith('?') ? "" : ".")} See \"{PathOf(parsed.CommandResult)} --help\".";
    }

    private static string PathOf(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{PathOf(parent)} {command.Command.Name}" : "aico";

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
