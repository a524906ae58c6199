using Aico.Testing.Http;

namespace Aico.Plugins.Tests.LanguageModels;

/// <summary>Answers in the shape of chat completions.</summary>
internal static class ChatCompletionsAnswers
{
    public static LocalResponse Answer { get; } = LocalResponse.Events(
        """{"id":"a","model":"m","choices":[],"prompt_filter_results":[{"prompt_index":0}]}""",
        """{"id":"a","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""},"content_filter_results":{}}]}""",
        """{"id":"a","model":"m","choices":[{"index":0,"delta":{"content":"Hello"}}],"new_field":{"x":[1]}}""",
        """{"id":"a","model":"m","choices":[{"index":0,"delta":{"content":" there."}}]}""",
        """{"id":"a","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""",
        """{"id":"a","model":"m","choices":[],"usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15}}""",
        "[DONE]");

    public static LocalResponse Call { get; } = LocalResponse.Events(
        """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"get_weather","arguments":""}}]}}]}""",
        """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"city\":\"Ro"}}]}}]}""",
        """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"me\"}"}}]}}]}""",
        """{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""",
        "[DONE]");

    public static LocalResponse Word { get; } = LocalResponse.Events("""{"choices":[{"delta":{"content":"Yes."}}]}""", """{"choices":[{"delta":{},"finish_reason":"stop"}]}""", "[DONE]");
}
