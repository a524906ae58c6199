using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Anthropic;

/// <summary>
/// Thoughts with the signature that Anthropic wants back unchanged. A mark before it tells them from those of another vendor, which a
/// fallback may have left in the conversation.
/// </summary>
internal static class AnthropicThoughts
{
    private const string Signed = "anthropic.signature:";
    private const string Redacted = "anthropic.redacted:";

    public static TextReasoningContent OfSignature(string signature) => new("") { ProtectedData = Signed + signature };

    public static TextReasoningContent OfRedacted(string data) => new("") { ProtectedData = Redacted + data };

    public static void Write(Utf8JsonWriter json, TextReasoningContent thought)
    {
        if (thought.ProtectedData?.StartsWith(Signed, StringComparison.Ordinal) == true)
        {
            json.WriteStartObject();
            json.WriteString("type", "thinking");
            json.WriteString("thinking", thought.Text);
            json.WriteString("signature", thought.ProtectedData[Signed.Length..]);
            json.WriteEndObject();
        }
        else if (thought.ProtectedData?.StartsWith(Redacted, StringComparison.Ordinal) == true)
        {
            json.WriteStartObject();
            json.WriteString("type", "redacted_thinking");
            json.WriteString("data", thought.ProtectedData[Redacted.Length..]);
            json.WriteEndObject();
        }
    }
}
