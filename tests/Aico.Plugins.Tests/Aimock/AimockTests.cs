using System.Text.Json.Nodes;
using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Plugins.Anthropic;
using Aico.Plugins.AzureOpenAI;
using Aico.Plugins.Gemini;
using Aico.Plugins.Groq;
using Aico.Plugins.OpenAI;
using Aico.Plugins.OpenAICompatible;
using Aico.Plugins.Tests.LanguageModels;
using Aico.Testing;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Tests.Aimock;

/// <summary>The language models against a server that others wrote, in each of the shapes that it speaks.</summary>
public class AimockTests
{
    private static readonly AITool Weather = AIFunctionFactory.Create((string city) => $"sunny in {city}", "get_weather", "The weather of a city.");

    private static readonly Secret Key = new("key-1");

    /// <summary>Each with the path that it must have asked.</summary>
    private static readonly Dictionary<string, (Func<string, IProviderContext, IChatClient> Create, string Path)> Models = new()
    {
        ["openai"] = ((url, context) => ModelRegistry.Create(new OpenAIPlugin(), new OpenAISettings { BaseUrl = url + "/v1", ApiKey = Key }, context), "/v1/chat/completions"),
        ["openai-compatible"] = ((url, context) => ModelRegistry.Create(new OpenAICompatiblePlugin(), new OpenAICompatibleSettings { BaseUrl = url + "/v1", Model = "m", ApiKey = Key }, context), "/v1/chat/completions"),
        ["groq"] = ((url, context) => ModelRegistry.Create(new GroqPlugin(), new GroqSettings { BaseUrl = url + "/openai/v1", ApiKey = Key }, context), "/openai/v1/chat/completions"),
        ["azure v1"] = ((url, context) => ModelRegistry.Create(new AzureOpenAIPlugin(), new AzureOpenAISettings { Endpoint = url, Deployment = "d", ApiKey = Key }, context), "/openai/v1/chat/completions"),
        ["azure deployments"] = ((url, context) => ModelRegistry.Create(new AzureOpenAIPlugin(), new AzureOpenAISettings { Endpoint = url, Deployment = "d", Api = AzureApiForm.Deployments, AccessToken = Key }, context), "/openai/deployments/d/chat/completions"),
        ["gemini"] = ((url, context) => ModelRegistry.Create(new GeminiPlugin(), new GeminiSettings { BaseUrl = url + "/v1beta", ApiKey = Key }, context), "/v1beta/models/gemini-3.5-flash-lite:streamGenerateContent"),
        ["gemini compatible"] = ((url, context) => ModelRegistry.Create(new GeminiPlugin(), new GeminiSettings { BaseUrl = url + "/v1beta", Api = GeminiApi.OpenAI, ApiKey = Key }, context), "/v1beta/openai/chat/completions"),
        ["anthropic"] = ((url, context) => ModelRegistry.Create(new AnthropicPlugin(), new AnthropicSettings { BaseUrl = url, ApiKey = Key }, context), "/v1/messages"),
    };

    private TestProviderContext _context = null!;
    private AimockServer _server = null!;

    private static IEnumerable<string> Names => Models.Keys;

    [OneTimeSetUp]
    public async Task StartServerAsync()
    {
        _context = new TestProviderContext();
        _server = await AimockServer.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopServerAsync()
    {
        _context.Dispose();
        await _server.DisposeAsync();
    }

    [TestCaseSource(nameof(Names))]
    public async Task Answers_in_pieces(string name)
    {
        using var model = Models[name].Create(_server.Url, _context);

        var updates = await model.GetStreamingResponseAsync([new(ChatRole.System, "Be brief."), new(ChatRole.User, "hello")]).ToListAsync();

        updates.ToChatResponse().Text.Should().Be("Hello there, what can I do for you?");
        updates.Count(update => update.Text.Length > 0).Should().BeGreaterThan(1);
        updates[^1].FinishReason.Should().Be(ChatFinishReason.Stop);
        updates.ToChatResponse().Usage!.Should().Match<UsageDetails>(usage => usage.InputTokenCount == 11 && usage.OutputTokenCount == 9);
        var last = await LastAsync();
        last["path"]!.GetValue<string>().Should().StartWith(Models[name].Path);
        last["body"]!["stream"]!.GetValue<bool>().Should().BeTrue();
        last["body"]!["messages"]!.AsArray().Select(message => $"{message!["role"]}: {message["content"]}").Should().Equal("system: Be brief.", "user: hello");
    }

    [TestCaseSource(nameof(Names))]
    public async Task Calls_a_tool_and_takes_its_result(string name)
    {
        using var model = Models[name].Create(_server.Url, _context);
        var options = new ChatOptions { Tools = [Weather] };
        List<ChatMessage> messages = [new(ChatRole.User, "What is the weather in Paris?")];

        var asked = await model.GetResponseAsync(messages, options);
        var call = asked.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Single();
        call.Arguments!["city"]!.ToString().Should().Be("Paris");
        asked.FinishReason.Should().Be(ChatFinishReason.ToolCalls);
        messages.AddRange(asked.Messages);
        messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call.CallId, "sunny in Paris")]));
        var answer = await model.GetResponseAsync(messages, options);

        answer.Text.Should().Be("It is sunny in Paris.");
        var sent = (await LastAsync())["body"]!.ToJsonString();
        sent.Should().Contain("get_weather").And.Contain("sunny in Paris");
    }

    [TestCaseSource(nameof(Names))]
    public async Task Says_how_long_to_wait_when_there_were_too_many_requests(string name)
    {
        using var model = Models[name].Create(_server.Url, _context);
        var before = (await _server.JournalAsync()).Count;

        var error = (await model.Invoking(m => m.GetResponseAsync("ratelimit")).Should().ThrowAsync<ProviderException>()).Which;

        error.Failure.Should().Be(ProviderFailure.QuotaExceeded);
        error.IsTransient.Should().BeTrue();
        error.RetryAfter.Should().Be(TimeSpan.FromSeconds(7));
        (await _server.JournalAsync()).Should().HaveCount(before + 1, "only the host tries again");
    }

    [TestCaseSource(nameof(Names))]
    public async Task Gives_what_came_before_a_cut(string name)
    {
        using var model = Models[name].Create(_server.Url, _context);
        var (text, before) = ("", (await _server.JournalAsync()).Count);
        var read = async () =>
        {
            await foreach (var update in model.GetStreamingResponseAsync("cutoff"))
            {
                text += update.Text;
            }
        };

        (await read.Should().ThrowAsync<ProviderException>()).Which.Failure.Should().Be(ProviderFailure.Unavailable);
        "This answer is cut in the middle of its words.".Should().StartWith(text).And.NotBe(text);
        (await _server.JournalAsync()).Should().HaveCount(before + 1, "only the host tries again");
    }

    private async Task<JsonNode> LastAsync() => (await _server.JournalAsync())[^1]!;
}
