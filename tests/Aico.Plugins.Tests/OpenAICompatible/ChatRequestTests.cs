using System.Text.Json.Nodes;
using Aico.Plugins.OpenAICompatible;
using Aico.Testing.Http;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Tests.OpenAICompatible;

public class ChatRequestTests : ChatTest
{
    [Test]
    public async Task Sends_nothing_that_nobody_set()
    {
        (await SendAsync([new(ChatRole.User, "Hello.")])).ToJsonString().Should().Be(
            """{"model":"small","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"Hello."}]}""");
        Server.Requests[0].PathAndQuery.Should().Be("/v1/chat/completions");
        Server.Requests[0].Headers.Should().NotContainKey("authorization");
    }

    [Test]
    public async Task Sends_what_the_settings_say_and_the_options_before_them()
    {
        var settings = Settings with
        {
            Temperature = 0.5,
            MaxTokens = 100,
            ReasoningEffort = "none",
            IncludeUsage = false,
            ExtraHeaders = new Dictionary<string, string> { ["X-Title"] = "AICO" },
        };
        var bySettings = await SendAsync([], null, settings);
        var byOptions = await SendAsync([], new ChatOptions { ModelId = "large", Temperature = 0.7f, MaxOutputTokens = 20, StopSequences = ["END"], TopP = 0.9f, Seed = 3 }, settings);

        bySettings.ToJsonString().Should().Be("""{"model":"small","stream":true,"messages":[],"temperature":0.5,"max_tokens":100,"reasoning_effort":"none"}""");
        byOptions.ToJsonString().Should().Be("""{"model":"large","stream":true,"messages":[],"temperature":0.7,"top_p":0.9,"seed":3,"max_tokens":20,"stop":["END"],"reasoning_effort":"none"}""");
        Server.Requests[0].Headers["x-title"].Should().Be("AICO");
    }

    [Test]
    public async Task Sends_the_conversation_with_tool_calls_and_results()
    {
        ChatMessage[] messages =
        [
            new(ChatRole.System, "Be brief."),
            new(ChatRole.User, "Add."),
            new(ChatRole.Assistant, [new TextReasoningContent("hmm"), new TextContent("Sure."), new FunctionCallContent("c1", "add", new Dictionary<string, object?> { ["a"] = 1, ["b"] = "x" })]),
            new(ChatRole.Tool, [new FunctionResultContent("c1", 42), new FunctionResultContent("c2", "done"), new FunctionResultContent("c3", null)]),
            new(ChatRole.Assistant, [new FunctionCallContent("c4", "end")]),
        ];

        (await SendAsync(messages, new ChatOptions { Instructions = "Speak English." }))["messages"]!.ToJsonString().Should().Be(
            """[{"role":"system","content":"Speak English."},{"role":"system","content":"Be brief."},{"role":"user","content":"Add."},"""
            + """{"role":"assistant","content":"Sure.","tool_calls":[{"id":"c1","type":"function","function":{"name":"add","arguments":"{\u0022a\u0022:1,\u0022b\u0022:\u0022x\u0022}"}}]},"""
            + """{"role":"tool","content":"42","tool_call_id":"c1"},{"role":"tool","content":"done","tool_call_id":"c2"},{"role":"tool","content":"","tool_call_id":"c3"},"""
            + """{"role":"assistant","content":null,"tool_calls":[{"id":"c4","type":"function","function":{"name":"end","arguments":"{}"}}]}]""");
    }

    [Test]
    public async Task Offers_tools_with_their_schema()
    {
        var body = await SendAsync([], new ChatOptions { Tools = [AIFunctionFactory.Create((string city) => "sunny", "get_weather", "The weather of a city.")], AllowMultipleToolCalls = false });

        var function = body["tools"]![0]!["function"]!;
        function["name"]!.GetValue<string>().Should().Be("get_weather");
        function["description"]!.GetValue<string>().Should().Be("The weather of a city.");
        function["parameters"]!["properties"]!["city"]!["type"]!.GetValue<string>().Should().Be("string");
        body["parallel_tool_calls"]!.GetValue<bool>().Should().BeFalse();
        body["tool_choice"].Should().BeNull("auto is every server's default, and some refuse the word");
    }

    [Test]
    public async Task Says_which_tools_may_be_called()
    {
        (await ChoiceAsync(ChatToolMode.None)).Should().Be("\"none\"");
        (await ChoiceAsync(ChatToolMode.RequireAny)).Should().Be("\"required\"");
        (await ChoiceAsync(ChatToolMode.RequireSpecific("add"))).Should().Be("""{"type":"function","function":{"name":"add"}}""");
    }

    [TestCase("", "/chat/completions")]
    [TestCase("/v1/", "/v1/chat/completions")]
    [TestCase("/openai/deployments/d?api-version=2024-10-21", "/openai/deployments/d/chat/completions?api-version=2024-10-21")]
    [TestCase("/v1/chat/completions", "/v1/chat/completions")]
    public async Task Finds_the_address_below_the_base_URL(string path, string expected)
    {
        await SendAsync([], null, Settings with { BaseUrl = Server.Url + path });

        Server.Requests[0].PathAndQuery.Should().Be(expected);
    }

    [Test]
    public async Task Refuses_what_cannot_be_spoken()
    {
        var send = () => SendAsync([new(ChatRole.User, [new DataContent(new byte[1], "image/png")])]);

        await send.Should().ThrowAsync<ArgumentException>();
        Server.Requests.Should().BeEmpty();
    }

    private async Task<string> ChoiceAsync(ChatToolMode mode) =>
        (await SendAsync([], new ChatOptions { Tools = [AIFunctionFactory.Create(() => 1, "add")], ToolMode = mode }))["tool_choice"]!.ToJsonString();

    private async Task<JsonNode> SendAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, object? settings = null)
    {
        Server.Enqueue(LocalResponse.Events("""{"choices":[{"delta":{"content":"x"},"finish_reason":"stop"}]}"""));
        await Client((OpenAICompatibleSettings?)settings).GetResponseAsync(messages, options);
        return JsonNode.Parse(Server.Requests[^1].Body)!;
    }
}
