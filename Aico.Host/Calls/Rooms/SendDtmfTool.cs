using System.Text.Json;
using Aico.Host.LiveKit.Rooms;
using Microsoft.Extensions.AI;

namespace Aico.Host.Calls.Rooms;

/// <summary>The tool with which the language model presses telephone keys, for the menus of other machines.</summary>
internal sealed class SendDtmfTool(IRoom room, TimeProvider time) : AIFunction
{
    private const string Keys = "0123456789*#ABCD";
    private const int Longest = 32;

    // Telephone exchanges take closer ones for one.
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(300);

    public override string Name => "send_dtmf";

    public override string Description => "Presses telephone keys on the line, for example to get through another machine's menu.";

    public override JsonElement JsonSchema { get; } = JsonSerializer.SerializeToElement(new
    {
        type = "object",
        properties = new { digits = new { type = "string", description = "The keys in order: 0 to 9, *, #, A to D." } },
        required = new[] { "digits" },
    });

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var digits = (arguments.GetValueOrDefault("digits")?.ToString() ?? "").Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        if (digits.Length is 0 or > Longest || digits.Any(digit => !Keys.Contains(digit, StringComparison.Ordinal)))
        {
            throw new ArgumentException($"\"digits\" takes 1 to {Longest} keys: 0 to 9, *, #, A to D.");
        }

        for (var i = 0; i < digits.Length; i++)
        {
            if (i > 0)
            {
                await Task.Delay(Gap, time, cancellationToken);
            }

            await room.SendDtmfAsync((uint)Keys.IndexOf(digits[i], StringComparison.Ordinal), digits[i].ToString(), cancellationToken);
        }

        return $"Pressed {digits}.";
    }
}
