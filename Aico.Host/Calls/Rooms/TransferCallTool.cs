using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Aico.Host.Calls.Rooms;

/// <summary>The tool with which the language model hands a telephone caller on to somebody else.</summary>
internal sealed partial class TransferCallTool(IRoomAdministration administration, string roomName, string identity, IReadOnlyList<string>? allowed) : AIFunction
{
    public override string Name => "transfer_call";

    public override string Description => allowed is null
        ? "Transfers the caller to another telephone number; you leave the call. Tell the caller before."
        : $"Transfers the caller to one of these; you leave the call. Tell the caller before. {string.Join(", ", allowed)}";

    public override JsonElement JsonSchema { get; } = JsonSerializer.SerializeToElement(new
    {
        type = "object",
        properties = new { to = new { type = "string", description = "A telephone number like +15550100, or a tel: or sip: address." } },
        required = new[] { "to" },
    });

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var to = (arguments.GetValueOrDefault("to")?.ToString() ?? "").Trim();
        if (allowed is not null && !allowed.Contains(to))
        {
            throw new ArgumentException($"The caller cannot be transferred there. Possible are: {string.Join(", ", allowed)}.");
        }

        var number = to.Replace(" ", "", StringComparison.Ordinal);
        var address = Number().IsMatch(number) ? $"tel:{number}" : number;
        if (!Address().IsMatch(address))
        {
            throw new ArgumentException("\"to\" takes a telephone number like +15550100, or a tel: or sip: address.");
        }

        await administration.TransferAsync(roomName, identity, address, cancellationToken);
        return "The caller is being transferred.";
    }

    [GeneratedRegex(@"^\+?[0-9]{3,20}$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"^(tel:\+?[0-9]{3,20}|sips?:[^\s<>]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
