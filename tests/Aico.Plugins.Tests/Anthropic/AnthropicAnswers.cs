using System.Text.Json.Nodes;
using Aico.Testing.Http;

namespace Aico.Plugins.Tests.Anthropic;

/// <summary>Answers in Anthropic's shape: named events, blocks that begin and end.</summary>
internal static class AnthropicAnswers
{
    public const string Start = """{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],"usage":{"input_tokens":10,"cache_read_input_tokens":2,"output_tokens":1}}}""";

    public static LocalResponse Answer { get; } = Events(
        Start,
        """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""",
        """{"type":"ping"}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":" there."}}""",
        """{"type":"content_block_stop","index":0}""",
        """{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":3}}""",
        """{"type":"message_stop"}""");

    public static LocalResponse Call { get; } = Events(
        Start,
        """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2ln"}}""",
        """{"type":"content_block_stop","index":0}""",
        """{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_1","name":"get_weather","input":{}}}""",
        """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":""}}""",
        """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"city\":\"Ro"}}""",
        """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"me\"}"}}""",
        """{"type":"content_block_stop","index":1}""",
        """{"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":9}}""",
        """{"type":"message_stop"}""");

    public static LocalResponse Word { get; } = Events(
        """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Yes."}}""",
        """{"type":"message_delta","delta":{"stop_reason":"end_turn"}}""",
        """{"type":"message_stop"}""");

    public static LocalResponse Events(params string[] data) => new()
    {
        ContentType = "text/event-stream",
        Pieces = [.. data.Select(item => $"event: {JsonNode.Parse(item)!["type"]}\ndata: {item}\n\n")],
    };
}
