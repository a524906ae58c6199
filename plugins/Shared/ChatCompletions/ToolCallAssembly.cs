using System.Text;
using System.Text.Json;
using Aico.Plugins.Shared.Chat;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Shared.ChatCompletions;

/// <summary>
/// Puts tool calls together from the pieces of a stream. OpenAI numbers them by index and names them once; others leave out the
/// index, the id or both, give every call the index 0, or send arguments as an object.
/// </summary>
internal sealed class ToolCallAssembly
{
    private readonly List<Call> _calls = [];

    public bool IsEmpty => _calls.Count == 0;

    public void Take(JsonElement piece)
    {
        int? index = piece.TryGetProperty("index", out var number) && number.TryGetInt32(out var value) ? value : null;
        var id = Text(piece, "id");
        var function = piece.TryGetProperty("function", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : default;
        var name = function.ValueKind == JsonValueKind.Object ? Text(function, "name") : "";
        var call = Find(index, id, name);
        call.Id = call.Id.Length > 0 ? call.Id : id;
        call.Name = call.Name.Length > 0 ? call.Name : name;
        if (function.ValueKind == JsonValueKind.Object && function.TryGetProperty("arguments", out var arguments))
        {
            call.Arguments.Append(arguments.ValueKind switch
            {
                JsonValueKind.String => arguments.GetString(),
                JsonValueKind.Object => arguments.GetRawText(),
                _ => "",
            });
        }
    }

    /// <summary>The calls, in their order.</summary>
    public IEnumerable<FunctionCallContent> Finish() => _calls.Select((call, number) =>
        ToolJson.Call(call.Arguments.ToString(), call.Id.Length > 0 ? call.Id : $"call_{number}_{Guid.NewGuid():N}", call.Name));

    private Call Find(int? index, string id, string name)
    {
        var known = index is null ? _calls.LastOrDefault() : _calls.FindLast(call => call.Index == index);
        var isNew = known is null
            || (id.Length > 0 && known.Id.Length > 0 && id != known.Id)
            || (index is null && id.Length == 0 && name.Length > 0 && known.Name.Length > 0 && known.Arguments.Length > 0);
        if (!isNew)
        {
            return known!;
        }

        var call = new Call(index);
        _calls.Add(call);
        return call;
    }

    private static string Text(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private sealed class Call(int? index)
    {
        public int? Index { get; } = index;

        public string Id { get; set; } = "";

        public string Name { get; set; } = "";

        public StringBuilder Arguments { get; } = new();
    }
}
