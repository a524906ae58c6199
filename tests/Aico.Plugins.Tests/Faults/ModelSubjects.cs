using Aico.Plugins.Anthropic;
using Aico.Plugins.AzureOpenAI;
using Aico.Plugins.Gemini;
using Aico.Plugins.Groq;
using Aico.Plugins.OpenAI;
using Aico.Plugins.OpenAICompatible;
using Aico.Plugins.Tests.Anthropic;
using Aico.Plugins.Tests.Gemini;
using Aico.Plugins.Tests.LanguageModels;
using Aico.Testing.Http;

namespace Aico.Plugins.Tests.Faults;

/// <summary>The language models of the matrix.</summary>
internal static class ModelSubjects
{
    private static readonly ModelTraits Completions = new()
    {
        Answer = ChatCompletionsAnswers.Answer,
        Nothing = LocalResponse.Events("""{"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}""", """{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""", "[DONE]"),
        Error = LocalResponse.Events("""{"error":{"message":"The server is overloaded.","type":"server_error","code":"server_is_overloaded"}}"""),
        Refusal = fault => fault.IsQuota
            ? """{"error":{"message":"You exceeded your current quota.","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}"""
            : $$$"""{"error":{"message":"Refused with {{{fault.Code}}}.","type":"some_error","param":null,"code":null}}""",
    };

    private static readonly ModelTraits Gemini = new()
    {
        Answer = GeminiAnswers.Answer,
        Nothing = GeminiAnswers.Events("""{"candidates":[{"content":{"role":"model","parts":[{"text":""}]},"finishReason":"STOP"}]}"""),
        Error = GeminiAnswers.Events("""{"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}}"""),
        Refusal = fault => fault.IsQuota
            ? """{"error":{"code":429,"message":"Quota exceeded.","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"GenerateRequestsPerDayPerProjectPerModel"}]}]}}"""
            : $$$"""{"error":{"code":{{{fault.Code}}},"message":"Refused.","status":"SOME_STATUS"}}""",
    };

    private static readonly ModelTraits Anthropic = new()
    {
        Answer = AnthropicAnswers.Answer,
        Nothing = AnthropicAnswers.Events(AnthropicAnswers.Start, """{"type":"message_delta","delta":{"stop_reason":"end_turn"}}""", """{"type":"message_stop"}"""),
        Error = AnthropicAnswers.Events(AnthropicAnswers.Start, """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"""),
        Refusal = fault => fault.IsQuota
            ? """{"type":"error","error":{"type":"rate_limit_error","message":"Spend limit.","details":{"error_code":"enforced_spend_limit_reached"}}}"""
            : $$$"""{"type":"error","error":{"type":"some_error","message":"Refused with {{{fault.Code}}}."}}""",
    };

    public static IReadOnlyList<FaultSubject> All { get; } =
    [
        new ModelSubject("openai", Completions, (url, context) => ModelRegistry.Create(new OpenAIPlugin(), new OpenAISettings { BaseUrl = url + "/v1", ApiKey = new("key-1") }, context)),
        new ModelSubject("groq", Completions, (url, context) => ModelRegistry.Create(new GroqPlugin(), new GroqSettings { BaseUrl = url + "/openai/v1", ApiKey = new("key-1") }, context)),
        new ModelSubject("gemini", Gemini, (url, context) => ModelRegistry.Create(new GeminiPlugin(), new GeminiSettings { BaseUrl = url + "/v1beta", ApiKey = new("key-1") }, context)),
        new ModelSubject("anthropic", Anthropic, (url, context) => ModelRegistry.Create(new AnthropicPlugin(), new AnthropicSettings { BaseUrl = url, ApiKey = new("key-1") }, context)),
        new ModelSubject(
            "azure-openai", Completions, (url, context) => ModelRegistry.Create(new AzureOpenAIPlugin(), new AzureOpenAISettings { Endpoint = url, Deployment = "d", ApiKey = new("key-1") }, context)),
        new ModelSubject(
            "openai-compatible", Completions, (url, context) => ModelRegistry.Create(new OpenAICompatiblePlugin(), new OpenAICompatibleSettings { BaseUrl = url + "/v1", Model = "m" }, context)),
    ];
}
