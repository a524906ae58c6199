using Aico.Abstractions;
using Aico.Plugins.AzureOpenAI;
using Aico.Plugins.Tests.LanguageModels;
using Aico.Testing.Http;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Tests.AzureOpenAI;

public class AzureOpenAITests : ModelTest
{
    private const string Filtered =
        """{"error":{"message":"The response was filtered.","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"hate":{"filtered":true,"severity":"high"}}}}}""";

    protected override LocalResponse Word => ChatCompletionsAnswers.Word;

    [Test]
    public async Task Names_the_deployment_as_the_model_in_the_v1_form()
    {
        var body = await SendAsync(Client(new() { MaxTokens = 9, ReasoningEffort = "none" }));

        Server.Requests[0].PathAndQuery.Should().Be("/openai/v1/chat/completions");
        Server.Requests[0].Headers["api-key"].Should().Be("key-1");
        Server.Requests[0].Headers.Should().NotContainKey("authorization");
        body["model"]!.GetValue<string>().Should().Be("my chat");
        body.ToJsonString().Should().EndWith(""","max_completion_tokens":9,"reasoning_effort":"none"}""");
    }

    [Test]
    public async Task Names_the_deployment_and_the_version_in_the_address_in_the_older_form()
    {
        await SendAsync(Client(new() { Api = AzureApiForm.Deployments }));

        Server.Requests[0].PathAndQuery.Should().Be("/openai/deployments/my%20chat/chat/completions?api-version=2024-10-21");
        Server.Requests[0].Headers["api-key"].Should().Be("key-1");
    }

    [Test]
    public async Task Sends_an_Entra_token_as_a_bearer()
    {
        await SendAsync(ModelRegistry.Create(
            new AzureOpenAIPlugin(), new AzureOpenAISettings { Endpoint = Server.Url + "/openai/v1/", Deployment = "d", AccessToken = new("token-1") }, Context));

        Server.Requests[0].PathAndQuery.Should().Be("/openai/v1/chat/completions");
        Server.Requests[0].Headers["authorization"].Should().Be("Bearer token-1");
        Server.Requests[0].Headers.Should().NotContainKey("api-key");
    }

    [Test]
    public void Wants_one_credential_and_not_two()
    {
        foreach (var settings in new[] { new AzureOpenAISettings(), new AzureOpenAISettings { ApiKey = new("a"), AccessToken = new("b") } })
        {
            FluentActions.Invoking(() => ModelRegistry.Create(new AzureOpenAIPlugin(), settings with { Endpoint = Server.Url }, Context))
                .Should().Throw<ProviderException>().Which.Failure.Should().Be(ProviderFailure.Unauthorized);
        }
    }

    [Test]
    public async Task Takes_a_filtered_prompt_for_an_answer_without_words()
    {
        var response = await AnswerAsync(LocalResponse.Text(400, Filtered));

        response.FinishReason.Should().Be(ChatFinishReason.ContentFilter);
        response.Text.Should().BeEmpty();
    }

    [Test]
    public async Task Keeps_what_was_said_before_the_filter()
    {
        var response = await AnswerAsync(LocalResponse.Events(
            """{"choices":[{"delta":{"content":"Well"},"content_filter_results":{"hate":{"filtered":false}}}]}""",
            """{"choices":[{"delta":{},"finish_reason":"content_filter","content_filter_offsets":{"check_offset":1}}]}""",
            "[DONE]"));

        response.Text.Should().Be("Well");
        response.FinishReason.Should().Be(ChatFinishReason.ContentFilter);
    }

    [TestCase(401, """{"error":{"code":"401","message":"Access denied due to invalid subscription key or wrong API endpoint."}}""", "Unauthorized")]
    [TestCase(403, """{"error":{"code":"403","message":"Public access is disabled."}}""", "Unauthorized")]
    [TestCase(404, """{"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist."}}""", "InvalidRequest")]
    [TestCase(429, """{"error":{"code":"429","message":"Requests have exceeded the rate limit."}}""", "QuotaExceeded")]
    [TestCase(408, """{"error":{"code":"Timeout","message":"The operation was timeout."}}""", "TimedOut")]
    [TestCase(500, "", "Unavailable")]
    public async Task Sorts_failures(int status, string body, string expected) => (await OutcomeAsync(status, body)).Should().Be(expected);

    [Test]
    public async Task Says_that_a_probe_does_not_show_the_deployment()
    {
        var report = await ProbeAsync(Client(), """{"data":[{"id":"gpt-6-luna"}]}""");

        report.Summary.Should().Contain("only a conversation shows");
        report.Warnings.Should().BeEmpty("the list holds base models, not deployments");
        Server.Requests[0].PathAndQuery.Should().Be("/openai/v1/models");
    }

    protected override IChatClient Client() => Client(new());

    private IChatClient Client(AzureOpenAISettings settings) =>
        ModelRegistry.Create(new AzureOpenAIPlugin(), settings with { Endpoint = Server.Url, Deployment = "my chat", ApiKey = new("key-1") }, Context);
}
