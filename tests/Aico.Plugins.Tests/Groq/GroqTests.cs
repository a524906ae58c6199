using Aico.Abstractions;
using Aico.Plugins.Groq;
using Aico.Plugins.Tests.LanguageModels;
using Aico.Testing.Http;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Tests.Groq;

public class GroqTests : ModelTest
{
    protected override LocalResponse Word => ChatCompletionsAnswers.Word;

    [TestCase("openai/gpt-oss-20b", ""","reasoning_effort":"low","include_reasoning":false}""")]
    [TestCase("qwen/qwen3.8-27b", ""","reasoning_effort":"none","reasoning_format":"hidden"}""")]
    [TestCase("other/model", """}]}""")]
    public async Task Asks_for_as_few_thoughts_as_the_model_can_and_to_keep_them(string model, string end)
    {
        var body = await SendAsync(Client(new() { Model = model }));

        body.ToJsonString().Should().EndWith(end);
        Server.Requests[0].PathAndQuery.Should().Be("/openai/v1/chat/completions");
        Server.Requests[0].Headers["authorization"].Should().Be("Bearer key-1");
    }

    [Test]
    public void Refuses_an_effort_that_the_model_does_not_know() =>
        FluentActions.Invoking(() => Client(new() { ReasoningEffort = "none" })).Should().Throw<ProviderException>().WithMessage("*choose low, medium, high.");

    [TestCase("""{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9}}""")]
    [TestCase("""{"choices":[]}""")]
    public async Task Counts_what_Groq_counts_once(string last)
    {
        var response = await AnswerAsync(LocalResponse.Events(
            """{"choices":[{"delta":{"content":"Yes."}}],"x_groq":{"id":"req_1"}}""",
            """{"choices":[{"delta":{},"finish_reason":"stop"}],"x_groq":{"id":"req_1","usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9}}}""",
            last,
            "[DONE]"));

        response.Text.Should().Be("Yes.");
        response.Usage!.InputTokenCount.Should().Be(7);
        response.Usage.OutputTokenCount.Should().Be(2);
    }

    [Test]
    public async Task Throws_an_error_that_comes_in_its_own_field()
    {
        var error = await FailAsync(LocalResponse.Events("""{"choices":[{"delta":{"content":"We"}}]}""", """{"choices":[],"x_groq":{"id":"r","error":"over capacity"}}"""));

        error.Message.Should().Contain("over capacity");
    }

    [TestCase(429, "rate_limit_exceeded", "tokens", "QuotaExceeded")]
    [TestCase(498, "capacity_exceeded", "flex", "QuotaExceeded")]
    [TestCase(413, "request_too_large", "tokens", "InvalidRequest")]
    [TestCase(422, "", "invalid_request_error", "InvalidRequest")]
    [TestCase(401, "invalid_api_key", "invalid_request_error", "Unauthorized")]
    [TestCase(502, "", "", "Unavailable")]
    public async Task Sorts_failures(int status, string code, string type, string expected) =>
        (await OutcomeAsync(status, $$$"""{"error":{"message":"m","type":"{{{type}}}","code":"{{{code}}}"}}""")).Should().Be(expected);

    [Test]
    public async Task Lists_models_with_their_windows()
    {
        (await ListAsync("""{"data":[{"id":"openai/gpt-oss-20b","context_window":131072}]}""")).Single().ContextWindow.Should().Be(131_072);
        (await ProbeAsync(Client(), """{"data":[{"id":"openai/gpt-oss-20b"}]}""")).Warnings.Should().BeEmpty();
        Server.Requests[0].PathAndQuery.Should().Be("/openai/v1/models");
    }

    [Test]
    public void Has_a_default_that_is_not_about_to_end() =>
        ModelRegistry.Of(new GroqPlugin()).Descriptor.EndingModels.Should().ContainKey("llama-3.1-8b-instant").And.NotContainKey(new GroqSettings().Model);

    protected override IChatClient Client() => Client(new());

    private IChatClient Client(GroqSettings settings) =>
        ModelRegistry.Create(new GroqPlugin(), settings with { BaseUrl = Server.Url + "/openai/v1", ApiKey = new("key-1") }, Context);
}
