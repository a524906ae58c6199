using System.Diagnostics;
using Aico.Host.Calls;

namespace Aico.Host.Telemetry.Tracing;

/// <summary>OpenTelemetry's conventions for generative models, as far as a call has something to say to them.</summary>
internal static class GenAi
{
    private const string Chat = "chat";
    private const string ExecuteTool = "execute_tool";

    public const string ConversationId = "gen_ai.conversation.id";

    /// <summary>The span's name for a request to a language model.</summary>
    public static string ChatName(ProviderAttempt attempt) => attempt.Model is { Length: > 0 } model ? $"{Chat} {model}" : Chat;

    public static string ToolName(ToolCallRecord tool) => $"{ExecuteTool} {tool.Name}";

    public static void Describe(Activity span, ProviderAttempt attempt)
    {
        span.SetTag("gen_ai.operation.name", Chat);
        span.SetTag("gen_ai.provider.name", ProviderName(attempt.Provider));
        span.SetTag("gen_ai.request.model", attempt.Model);
        if (attempt.InputTokens > 0 || attempt.OutputTokens > 0)
        {
            span.SetTag("gen_ai.usage.input_tokens", attempt.InputTokens);
            span.SetTag("gen_ai.usage.output_tokens", attempt.OutputTokens);
        }

        if (attempt.CachedInputTokens > 0)
        {
            span.SetTag("gen_ai.usage.cache_read.input_tokens", attempt.CachedInputTokens);
        }
    }

    /// <param name="span">Of the call of the tool.</param>
    /// <param name="tool">Which.</param>
    /// <param name="withText">Whether what it was told and answered may be shown.</param>
    public static void Describe(Activity span, ToolCallRecord tool, bool withText)
    {
        span.SetTag("gen_ai.operation.name", ExecuteTool);
        span.SetTag("gen_ai.tool.name", tool.Name);
        span.SetTag("gen_ai.tool.type", "function");
        if (withText)
        {
            span.SetTag("gen_ai.tool.call.arguments", tool.Arguments);
            span.SetTag("gen_ai.tool.call.result", tool.Result);
        }
    }

    // The names that the conventions give; other providers go by their keys.
    private static string ProviderName(string key) => key switch
    {
        "gemini" => "gcp.gemini",
        "azure-openai" => "azure.ai.openai",
        _ => key,
    };
}
