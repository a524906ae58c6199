using Aico.Abstractions;
using Aico.Plugins.OpenAI;
using Aico.Plugins.Tests.LanguageModels;
using Aico.Testing.Http;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Tests.OpenAI;

public class OpenAITests : ModelTest
{
    protected override LocalResponse Word => ChatCompletionsAnswers.Word;

    [Test]
    public async Task Sends_the_key_and_asks_a_model_that_can_do_without_not_to_reason()
    {
        var body = await SendAsync(Client(new() { Organization = "org-1", Project = "proj-1", MaxTokens = 50, Temperature = 0.5, ServiceTier = "priority" }));

        body.ToJsonString().Should().Be(
            """{"model":"gpt-6-luna","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"Hello."}]"""
            + ""","temperature":0.5,"max_completion_tokens":50,"reasoning_effort":"none","service_tier":"priority"}""");
        Server.Requests[0].PathAndQuery.Should().Be("/v1/chat/completions");
        Server.Requests[0].Headers["authorization"].Should().Be("Bearer key-1");
        Server.Requests[0].Headers["openai-organization"].Should().Be("org-1");
        Server.Requests[0].Headers["openai-project"].Should().Be("proj-1");
    }

    [TestCase("gpt-6-sol", "none")]
    [TestCase("gpt-6-luna-2026-10-01", "none")]
    [TestCase("gpt-5.6-terra", "none")]
    [TestCase("gpt-6.1-terra", "none")]
    [TestCase("gpt-6.1-sol", null)]
    [TestCase("gpt-6-astra-2026-11-01", null)]
    [TestCase("gpt-4.1", null)]
    [TestCase("gpt-5.4-mini", null)]
    public async Task Chooses_the_effort_by_the_model(string model, string? effort)
    {
        var body = await SendAsync(Client(new() { Model = model }));

        body["reasoning_effort"]?.GetValue<string>().Should().Be(effort);
        (body["reasoning_effort"] is null).Should().Be(effort is null);
    }

    [TestCase("gpt-6.1-sol", "", "choose one that knows")]
    [TestCase("gpt-6-astra", "low", "choose one that knows")]
    [TestCase("gpt-6-luna", "low", "only with reasoningEffort \"none\"")]
    public async Task Says_before_it_asks_that_a_model_takes_no_tools(string model, string effort, string words)
    {
        var send = () => SendAsync(Client(new() { Model = model, ReasoningEffort = effort }), options: new ChatOptions { Tools = [Weather] });

        var error = (await send.Should().ThrowAsync<ProviderException>()).Which;
        error.Failure.Should().Be(ProviderFailure.InvalidRequest);
        error.Message.Should().Contain(model).And.Contain(words);
        Server.Requests.Should().BeEmpty();
    }

    [TestCase("gpt-6-astra", "none", null)]
    [TestCase("gpt-6-luna", "low", 0.5)]
    [TestCase("gpt-6-astra", "", 0.5)]
    public void Refuses_settings_that_the_model_refuses(string model, string effort, double? temperature)
    {
        FluentActions.Invoking(() => Client(new() { Model = model, ReasoningEffort = effort, Temperature = temperature }))
            .Should().Throw<ProviderException>().Where(error => error.Failure == ProviderFailure.InvalidRequest && error.Message.Contains(model));
    }

    [Test]
    public async Task Leaves_out_sampling_that_a_reasoning_model_refuses()
    {
        var body = await SendAsync(Client(new() { Model = "gpt-6-astra" }), options: new ChatOptions { Temperature = 0.5f, TopP = 0.5f });

        body.AsObject().Should().NotContainKeys("temperature", "top_p");
    }

    [TestCase(429, "rate_limit_exceeded", "requests", "QuotaExceeded")]
    [TestCase(429, "slow_down", "requests", "QuotaExceeded")]
    [TestCase(429, "credit_balance_exhausted", "insufficient_quota", "QuotaExceeded exhausted")]
    [TestCase(429, "organization_spend_limit_exceeded", "billing", "QuotaExceeded exhausted")]
    [TestCase(429, "project_spend_limit_exceeded", "billing", "QuotaExceeded exhausted")]
    [TestCase(429, "organization_usage_limit_exceeded", "billing", "QuotaExceeded exhausted")]
    [TestCase(400, "context_length_exceeded", "invalid_request_error", "InvalidRequest")]
    [TestCase(404, "model_not_found", "invalid_request_error", "InvalidRequest")]
    [TestCase(401, "invalid_api_key", "invalid_request_error", "Unauthorized")]
    [TestCase(403, "unsupported_country", "request_forbidden", "Unauthorized")]
    [TestCase(503, "server_is_overloaded", "server_error", "Unavailable")]
    [TestCase(500, "", "server_error", "Unavailable")]
    public async Task Sorts_failures(int status, string code, string type, string expected) =>
        (await OutcomeAsync(status, $$$"""{"error":{"message":"m","type":"{{{type}}}","param":null,"code":"{{{code}}}"}}""")).Should().Be(expected);

    [Test]
    public async Task Explains_that_tools_want_no_reasoning() =>
        (await FailAsync(LocalResponse.Text(400, """{"error":{"message":"Function tools with reasoning_effort are not supported.","type":"invalid_request_error"}}""")))
            .Message.Should().EndWith("Set reasoningEffort to none, or choose a model that knows none.");

    [Test]
    public async Task Lists_models_and_warns_of_one_that_ends_or_is_not_there()
    {
        const string List = """{"object":"list","data":[{"id":"gpt-6-luna","object":"model"},{"id":"o3","shutdown_date":"2026-12-11"},{"id":"gpt-5","shutdown_date":1796947200},{"object":"model"}]}""";

        (await ListAsync(List)).Select(model => $"{model.Id} {model.EndsOn:yyyy-MM-dd}").Should().Equal("gpt-6-luna ", "o3 2026-12-11", "gpt-5 2026-12-11");
        (await ProbeAsync(Client(), List)).Warnings.Should().BeEmpty();
        (await ProbeAsync(Client(new() { Model = "o3" }), List)).Warnings.Should().ContainSingle().Which.Should().Contain("2026-12-11");
        (await ProbeAsync(Client(new() { Model = "o4" }), List)).Warnings.Should().ContainSingle().Which.Should().Contain("does not list");
        Server.Requests[0].PathAndQuery.Should().Be("/v1/models");
        Server.Requests[0].Headers["authorization"].Should().Be("Bearer key-1");
    }

    [Test]
    public void Describes_itself()
    {
        var registry = ModelRegistry.Of(new OpenAIPlugin());

        registry.Descriptor.EndingModels.Should().ContainKey("gpt-4o").And.NotContainKey(new OpenAISettings().Model);
        registry.Capabilities.Should().Match<Aico.Abstractions.Plugins.LanguageModelCapabilities>(can => can.Tools && can.Usage);
    }

    protected override IChatClient Client() => Client(new());

    private IChatClient Client(OpenAISettings settings) =>
        ModelRegistry.Create(new OpenAIPlugin(), settings with { BaseUrl = Server.Url + "/v1", ApiKey = new("key-1") }, Context);
}
