using Aico.Abstractions;
using Aico.Plugins.Anthropic;
using Aico.Plugins.Tests.LanguageModels;
using Aico.Testing.Http;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Tests.Anthropic;

public class AnthropicTests : ModelTest
{
    protected override LocalResponse Word => AnthropicAnswers.Word;

    [Test]
    public async Task Sends_thoughts_back_with_the_tools_that_they_led_to()
    {
        var call = (await AnswerAsync(AnthropicAnswers.Call)).Messages.Single();
        List<ChatMessage> messages =
        [
            new(ChatRole.System, "Be brief."),
            new(ChatRole.Assistant, "Good day."),
            new(ChatRole.User, "The weather?"),
            call,
            new(ChatRole.Tool, [new FunctionResultContent("toolu_1", "sunny")]),
        ];
        const string Tool = """{"type":"tool_use","id":"toolu_1","name":"get_weather","input":{"city":"Rome"}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"sunny"}""";

        var body = await SendAsync(Client(), messages);
        body.ToJsonString().Should().Be(
            """{"model":"claude-haiku-5-5","stream":true,"max_tokens":4096,"system":"Be brief.","messages":["""
            + """{"role":"user","content":[{"type":"text","text":"(The conversation begins.)"}]},{"role":"assistant","content":[{"type":"text","text":"Good day."}]},"""
            + """{"role":"user","content":[{"type":"text","text":"The weather?"}]},{"role":"assistant","content":[{"type":"thinking","thinking":"","signature":"c2ln"},"""
            + Tool + """]}],"output_config":{"effort":"low"}}""");
        Server.Requests[^1].PathAndQuery.Should().Be("/v1/messages");
        Server.Requests[^1].Headers["x-api-key"].Should().Be("key-1");
        Server.Requests[^1].Headers["anthropic-version"].Should().Be("2023-06-01");

        var later = await SendAsync(Client(), [.. messages, new(ChatRole.User, "Thanks.")]);
        later["messages"]!.ToJsonString().Should().Contain(Tool + """,{"type":"text","text":"Thanks."}""").And.NotContain("thinking");
    }

    [Test]
    public async Task Sends_no_thoughts_of_other_vendors()
    {
        var body = await SendAsync(Client(),
        [
            new(ChatRole.User, "Hello."),
            new(ChatRole.Assistant, [new TextReasoningContent("hmm") { ProtectedData = "theirs" }, new FunctionCallContent("c", "end_call")]),
            new(ChatRole.Tool, [new FunctionResultContent("c", null)]),
        ]);

        body["messages"]![1]!["content"]!.AsArray().Should().ContainSingle();
    }

    [Test]
    public async Task Never_ends_with_words_of_the_agent()
    {
        var body = await SendAsync(Client(), [new(ChatRole.User, "Hello."), new(ChatRole.Assistant, "Good day.")]);

        body["messages"]!.AsArray()[^1]!["role"]!.GetValue<string>().Should().Be("user");
    }

    [Test]
    public async Task Offers_tools_and_says_which_may_be_called()
    {
        var none = await SendAsync(Client(), options: new ChatOptions { Tools = [Weather], ToolMode = ChatToolMode.None });
        var any = await SendAsync(Client(), options: new ChatOptions { Tools = [Weather], ToolMode = ChatToolMode.RequireAny, AllowMultipleToolCalls = false });
        var forced = () => SendAsync(Client(new() { Model = "claude-sonnet-5-5" }), options: new ChatOptions { Tools = [Weather], ToolMode = ChatToolMode.RequireAny });

        none["tools"]![0]!["input_schema"]!["properties"]!["city"]!["type"]!.GetValue<string>().Should().Be("string");
        none["tool_choice"]!.ToJsonString().Should().Be("""{"type":"none"}""");
        any["tool_choice"]!.ToJsonString().Should().Be("""{"type":"any","disable_parallel_tool_use":true}""");
        (await forced.Should().ThrowAsync<ProviderException>()).Which.Failure.Should().Be(ProviderFailure.InvalidRequest);
    }

    [Test]
    public async Task Sends_a_temperature_only_to_models_that_take_one()
    {
        var older = await SendAsync(Client(new() { Model = "claude-haiku-4-5", Temperature = 0.5 }));
        var newer = await SendAsync(Client(), options: new ChatOptions { Temperature = 0.5f, TopP = 1, MaxOutputTokens = 9 });

        older["temperature"]!.GetValue<double>().Should().Be(0.5);
        older.AsObject().Should().NotContainKey("output_config");
        newer.AsObject().Should().NotContainKeys("temperature", "top_p");
        newer["max_tokens"]!.GetValue<int>().Should().Be(9);
        FluentActions.Invoking(() => Client(new() { Temperature = 1 })).Should().Throw<ProviderException>().WithMessage("*takes no temperature*");
    }

    [Test]
    public async Task Reads_blocks_by_their_type_and_skips_what_it_does_not_know()
    {
        var response = await AnswerAsync(AnthropicAnswers.Events(
            AnthropicAnswers.Start,
            """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hmm"}}""",
            """{"type":"content_block_stop","index":0}""",
            """{"type":"content_block_start","index":1,"content_block":{"type":"server_thing","x":1}}""",
            """{"type":"content_block_stop","index":1}""",
            """{"type":"brand_new_event","index":9}""",
            """{"type":"content_block_start","index":2,"content_block":{"type":"text","text":"Ye"}}""",
            """{"type":"content_block_delta","index":2,"delta":{"type":"citations_delta","citation":{}}}""",
            """{"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"s."}}""",
            """{"type":"content_block_stop","index":2}""",
            """{"type":"message_delta","delta":{"stop_reason":"max_tokens"},"usage":{"output_tokens":8}}""",
            """{"type":"message_stop"}"""));

        response.Text.Should().Be("Yes.");
        response.FinishReason.Should().Be(ChatFinishReason.Length);
        response.ResponseId.Should().Be("msg_1");
        response.Usage!.InputTokenCount.Should().Be(12);
        response.Usage.CachedInputTokenCount.Should().Be(2);
        response.Usage.OutputTokenCount.Should().Be(8, "the count is the whole so far");
    }

    [TestCase("refusal", "content_filter")]
    [TestCase("model_context_window_exceeded", "length")]
    [TestCase("pause_turn", "stop")]
    public async Task Says_why_an_answer_ended(string reason, string expected) =>
        (await AnswerAsync(AnthropicAnswers.Events($$$"""{"type":"message_delta","delta":{"stop_reason":"{{{reason}}}"}}""", """{"type":"message_stop"}""")))
            .FinishReason!.Value.Value.Should().Be(expected);

    [Test]
    public async Task Takes_no_input_for_no_arguments()
    {
        var response = await AnswerAsync(AnthropicAnswers.Events(
            """{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"end_call","input":{}}}""",
            """{"type":"content_block_stop","index":0}""",
            """{"type":"message_delta","delta":{"stop_reason":"tool_use"}}""",
            """{"type":"message_stop"}"""));

        response.Messages.Single().Contents.OfType<FunctionCallContent>().Single().Should().Match<FunctionCallContent>(
            call => call.Exception == null && call.Arguments!.Count == 0);
    }

    [TestCase("overloaded_error", ProviderFailure.Unavailable)]
    [TestCase("rate_limit_error", ProviderFailure.QuotaExceeded)]
    [TestCase("timeout_error", ProviderFailure.TimedOut)]
    [TestCase("invalid_request_error", ProviderFailure.InvalidRequest)]
    public async Task Throws_an_error_inside_the_stream(string type, ProviderFailure expected) =>
        (await FailAsync(AnthropicAnswers.Events(AnthropicAnswers.Start, $$$"""{"type":"error","error":{"type":"{{{type}}}","message":"m"}}"""))).Failure.Should().Be(expected);

    [TestCase(400, "invalid_request_error", "", "InvalidRequest")]
    [TestCase(401, "authentication_error", "", "Unauthorized")]
    [TestCase(402, "billing_error", "", "QuotaExceeded exhausted")]
    [TestCase(403, "permission_error", "", "Unauthorized")]
    [TestCase(404, "not_found_error", "", "InvalidRequest")]
    [TestCase(409, "conflict_error", "", "Unavailable")]
    [TestCase(413, "request_too_large", "", "InvalidRequest")]
    [TestCase(429, "rate_limit_error", "", "QuotaExceeded")]
    [TestCase(429, "rate_limit_error", "ramp_limit_exceeded", "QuotaExceeded")]
    [TestCase(429, "rate_limit_error", "enforced_spend_limit_reached", "QuotaExceeded exhausted")]
    [TestCase(429, "rate_limit_error", "contract_spend_limit_reached", "QuotaExceeded exhausted")]
    [TestCase(500, "api_error", "", "Unavailable")]
    [TestCase(504, "timeout_error", "", "TimedOut")]
    [TestCase(529, "overloaded_error", "", "Unavailable")]
    public async Task Sorts_failures(int status, string type, string code, string expected) =>
        (await OutcomeAsync(status, $$$"""{"type":"error","error":{"type":"{{{type}}}","message":"m","details":{"error_code":"{{{code}}}"}},"request_id":"req_1"}""")).Should().Be(expected);

    [Test]
    public async Task Lists_models()
    {
        const string List = """{"data":[{"type":"model","id":"claude-haiku-5-5","display_name":"Claude Haiku 5.5","created_at":"2026-10-07T00:00:00Z"}],"has_more":false}""";

        (await ListAsync(List)).Single().DisplayName.Should().Be("Claude Haiku 5.5");
        (await ProbeAsync(Client(), List)).Warnings.Should().BeEmpty();
        Server.Requests[0].PathAndQuery.Should().Be("/v1/models?limit=1000");
        Server.Requests[0].Headers["x-api-key"].Should().Be("key-1");
    }

    protected override IChatClient Client() => Client(new());

    private IChatClient Client(AnthropicSettings settings) =>
        ModelRegistry.Create(new AnthropicPlugin(), settings with { BaseUrl = Server.Url, ApiKey = new("key-1") }, Context);
}
