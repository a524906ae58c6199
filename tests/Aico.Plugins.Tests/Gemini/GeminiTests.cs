using Aico.Abstractions;
using Aico.Plugins.Gemini;
using Aico.Plugins.Tests.LanguageModels;
using Aico.Testing.Http;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Tests.Gemini;

public class GeminiTests : ModelTest
{
    protected override LocalResponse Word => GeminiAnswers.Word;

    [Test]
    public async Task Sends_a_conversation_with_tools_and_the_signature_of_the_thoughts()
    {
        var call = (await AnswerAsync(GeminiAnswers.Call)).Messages.Single();
        var id = call.Contents.OfType<FunctionCallContent>().Single().CallId;
        var body = await SendAsync(Client(new() { MaxTokens = 20, Temperature = 0.5 }),
        [
            new(ChatRole.System, "Be brief."),
            new(ChatRole.User, "Hello."),
            new(ChatRole.User, "The weather?"),
            call,
            new(ChatRole.Tool, [new FunctionResultContent(id, "sunny")]),
        ]);

        body.ToJsonString().Should().Be(
            """{"systemInstruction":{"parts":[{"text":"Be brief."}]},"contents":[{"role":"user","parts":[{"text":"Hello."},{"text":"The weather?"}]},"""
            + $$$"""{"role":"model","parts":[{"functionCall":{"id":"{{{id}}}","name":"get_weather","args":{"city":"Rome"}},"thoughtSignature":"c2ln"}]},"""
            + $$$$"""{"role":"user","parts":[{"functionResponse":{"id":"{{{{id}}}}","name":"get_weather","response":{"result":"sunny"}}}]}]"""
            + ""","generationConfig":{"temperature":0.5,"maxOutputTokens":20}}""");
        Server.Requests[^1].PathAndQuery.Should().Be("/v1beta/models/gemini-3.5-flash-lite:streamGenerateContent?alt=sse");
        Server.Requests[^1].Headers["x-goog-api-key"].Should().Be("key-1");
    }

    [Test]
    public async Task Offers_tools_in_the_words_that_Gemini_knows()
    {
        var body = await SendAsync(Client(), options: new ChatOptions { Tools = [Weather, AIFunctionFactory.Create(() => 1, "end_call")], ToolMode = ChatToolMode.None });

        var tools = body["tools"]![0]!["functionDeclarations"]!.AsArray();
        tools[0]!["parameters"]!.ToJsonString().Should().Be(
            """{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer","nullable":true}},"required":["city","days"]}""");
        tools[1]!.AsObject().Should().NotContainKey("parameters");
        body["toolConfig"]!.ToJsonString().Should().Be("""{"functionCallingConfig":{"mode":"NONE"}}""");
    }

    [TestCase("gemini-3.8-flash", "", "LOW")]
    [TestCase("gemini-3.8-flash", "high", "HIGH")]
    [TestCase("gemini-3.5-flash-lite", "", null)]
    [TestCase("gemini-3.5-flash-lite", "minimal", "MINIMAL")]
    public async Task Lets_a_model_think_as_little_as_it_can(string model, string setting, string? level)
    {
        var body = await SendAsync(Client(new() { Model = model, ThinkingLevel = setting }));

        body["generationConfig"]!["thinkingConfig"]?["thinkingLevel"]!.GetValue<string>().Should().Be(level);
        (body["generationConfig"]!["thinkingConfig"] is null).Should().Be(level is null);
    }

    [Test]
    public void Refuses_a_level_that_the_model_does_not_know() =>
        FluentActions.Invoking(() => Client(new() { Model = "gemini-3.8-flash", ThinkingLevel = "minimal" })).Should().Throw<ProviderException>()
            .Which.Failure.Should().Be(ProviderFailure.InvalidRequest);

    [Test]
    public async Task Keeps_thoughts_out_of_the_text_and_counts_the_last_count()
    {
        var response = await AnswerAsync(GeminiAnswers.Events(
            """{"candidates":[{"content":{"parts":[{"text":"hmm","thought":true}]}}],"usageMetadata":{"promptTokenCount":5,"thoughtsTokenCount":2,"totalTokenCount":7}}""",
            """{"candidates":[{"content":{"parts":[{"text":"Yes."},{"executableCode":{}}]},"finishReason":"MAX_TOKENS"}],"usageMetadata":{"promptTokenCount":5,"candidatesTokenCount":3,"thoughtsTokenCount":2,"cachedContentTokenCount":1,"totalTokenCount":10}}"""));

        response.Text.Should().Be("Yes.");
        response.FinishReason.Should().Be(ChatFinishReason.Length);
        response.Usage!.InputTokenCount.Should().Be(5);
        response.Usage.OutputTokenCount.Should().Be(5, "thoughts are paid for as output");
        response.Usage.ReasoningTokenCount.Should().Be(2);
        response.Usage.CachedInputTokenCount.Should().Be(1);
    }

    [TestCase("""{"promptFeedback":{"blockReason":"SAFETY"}}""")]
    [TestCase("""{"candidates":[{"finishReason":"PROHIBITED_CONTENT"}]}""")]
    [TestCase("""{"candidates":[{"finishReason":"RECITATION"}]}""")]
    public async Task Takes_a_filter_for_an_answer(string data) =>
        (await AnswerAsync(GeminiAnswers.Events(data))).FinishReason.Should().Be(ChatFinishReason.ContentFilter);

    [Test]
    public async Task Takes_a_broken_call_of_a_tool_for_a_breach_of_protocol() =>
        (await FailAsync(GeminiAnswers.Events("""{"candidates":[{"finishReason":"MALFORMED_FUNCTION_CALL"}]}"""))).Failure.Should().Be(ProviderFailure.ProtocolError);

    [Test]
    public async Task Takes_a_stream_that_ends_without_a_reason_for_a_failure() =>
        (await FailAsync(GeminiAnswers.Events("""{"candidates":[{"content":{"parts":[{"text":"We"}]}}]}"""))).Failure.Should().Be(ProviderFailure.Unavailable);

    [TestCase(400, """{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}""", "Unauthorized")]
    [TestCase(400, """{"code":400,"message":"m","status":"INVALID_ARGUMENT"}""", "InvalidRequest")]
    [TestCase(400, """{"code":400,"message":"m","status":"FAILED_PRECONDITION"}""", "InvalidRequest")]
    [TestCase(403, """{"code":403,"message":"m","status":"PERMISSION_DENIED"}""", "Unauthorized")]
    [TestCase(404, """{"code":404,"message":"m","status":"NOT_FOUND"}""", "InvalidRequest")]
    [TestCase(429, """{"code":429,"message":"m","status":"RESOURCE_EXHAUSTED","details":[{"violations":[{"quotaId":"RequestsPerMinutePerProject"}]},{"retryDelay":"7s"}]}""", "QuotaExceeded 7s")]
    [TestCase(429, """{"code":429,"message":"m","status":"RESOURCE_EXHAUSTED","details":[{"violations":[{"quotaId":"RequestsPerDayPerProject-FreeTier"}]}]}""", "QuotaExceeded exhausted")]
    [TestCase(429, """{"code":429,"message":"Quota exceeded, limit: 0, model: x","status":"RESOURCE_EXHAUSTED"}""", "QuotaExceeded exhausted")]
    [TestCase(503, """{"code":503,"message":"m","status":"UNAVAILABLE"}""", "Unavailable")]
    [TestCase(504, """{"code":504,"message":"m","status":"DEADLINE_EXCEEDED"}""", "TimedOut")]
    public async Task Sorts_failures(int status, string error, string expected)
    {
        (await OutcomeAsync(status, $$"""{"error":{{error}} }""")).Should().Be(expected);
        (await OutcomeAsync(status, $$"""[{"error":{{error}} }]""")).Should().Be(expected);
    }

    [Test]
    public async Task Lists_the_models_that_generate_on_every_page()
    {
        var models = await ListAsync(
            """{"models":[{"name":"models/gemini-a","displayName":"A","inputTokenLimit":1000,"supportedGenerationMethods":["generateContent"]},{"name":"models/embed","supportedGenerationMethods":["embedContent"]}],"nextPageToken":"p 2"}""",
            """{"models":[{"name":"models/gemini-b"}]}""");

        models.Select(model => model.Id).Should().Equal("gemini-a", "gemini-b");
        models[0].ContextWindow.Should().Be(1000);
        Server.Requests.Select(request => request.PathAndQuery).Should().Equal("/v1beta/models?pageSize=1000", "/v1beta/models?pageSize=1000&pageToken=p%202");
    }

    [Test]
    public async Task Speaks_chat_completions_where_the_settings_say_so()
    {
        Server.Enqueue(ChatCompletionsAnswers.Word);
        var response = await Client(new() { Api = GeminiApi.OpenAI, ThinkingLevel = "minimal", MaxTokens = 9 }).GetResponseAsync("Hello.");

        response.Text.Should().Be("Yes.");
        Server.Requests[0].PathAndQuery.Should().Be("/v1beta/openai/chat/completions");
        Server.Requests[0].Headers["authorization"].Should().Be("Bearer key-1");
        Server.Requests[0].Body.Should().EndWith(""","max_tokens":9,"reasoning_effort":"minimal"}""");
        var report = await ProbeAsync(Client(new() { Api = GeminiApi.OpenAI }), """{"data":[{"id":"models/gemini-3.5-flash-lite"}]}""");
        report.Warnings.Should().BeEmpty();
    }

    protected override IChatClient Client() => Client(new());

    private IChatClient Client(GeminiSettings settings) =>
        ModelRegistry.Create(new GeminiPlugin(), settings with { BaseUrl = Server.Url + "/v1beta", ApiKey = new("key-1") }, Context);
}
