using System.Text.Json.Nodes;

namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>What <c>aico bench rooms</c> found.</summary>
internal interface IRoomsResult
{
    JsonObject ToJson();

    string ToText();
}
