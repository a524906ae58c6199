using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Aico.Host.Calls.Rooms;

/// <summary>The tool with which the language model hands a telephone caller on to somebody else.</summary>
internal sealed class TransferCallTool(IRoomAdministration administration, string roomName, string identity, IReadOnlyList<string>? allowed) : AIFunction
{
    public override string Name => "transfer_call";

    public override string Description => allowed is null
        ? "Transfers the caller to another telephone number; you leave the call. Tell the caller before."
        : $"Transfers the caller to one of these; you leave the call. Tell the caller before. {string.Join(", ", allowed)}";

    public override JsonElement JsonSchema { get; } = JsonSerializer.SerializeToElement(new
    {
        type = "object",
        properties = new { to = new { type = "string", description = $"It is {TransferAddress.Expected}." } },
        required = new[] { "to" },
    });

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var to = (arguments.GetValueOrDefault("to")?.ToString() ?? "").Trim();
        if (allowed is not null && !allowed.Contains(to))
        {
            throw new ArgumentException($"The caller cannot be transferred there. Possible are: {string.Join(", ", allowed)}.");
        }

        var address = TransferAddress.Of(to) ?? throw new ArgumentException($"\"to\" takes {TransferAddress.Expected}.");
        await administration.TransferAsync(roomName, identity, address, cancellationToken);
        return "The caller is being transferred.";
    }
}
