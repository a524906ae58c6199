using Aico.Plugins.OpenAICompatible;
using Aico.Plugins.Tests.LanguageModels;
using Aico.Testing;
using Aico.Testing.Conformance;
using Aico.Testing.Http;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Tests.OpenAICompatible;

public class OpenAICompatibleConformanceTests : LanguageModelConformance
{
    private static readonly LocalResponse Answer = LocalResponse.Events(
        """{"id":"a","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}""",
        """{"id":"a","model":"m","choices":[{"index":0,"delta":{"content":"Hello"}}]}""",
        """{"id":"a","model":"m","choices":[{"index":0,"delta":{"content":" there."}}]}""",
        """{"id":"a","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""",
        """{"id":"a","model":"m","choices":[],"usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15}}""",
        "[DONE]");

    private static readonly LocalResponse Call = LocalResponse.Events(
        """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"get_weather","arguments":""}}]}}]}""",
        """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"city\":\"Ro"}}]}}]}""",
        """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"me\"}"}}]}}]}""",
        """{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""",
        "[DONE]");

    private TestProviderContext _context = null!;
    private LocalHttpServer _server = null!;

    [SetUp]
    public async Task StartServerAsync()
    {
        _context = new TestProviderContext();
        _server = await LocalHttpServer.StartAsync();
    }

    [TearDown]
    public async Task StopServerAsync()
    {
        _context.Dispose();
        await _server.DisposeAsync();
    }

    protected override IChatClient Create() => Client(Answer);

    protected override IChatClient CreateCalling()
    {
        _server.Enqueue(Call);
        return Client(Answer);
    }

    protected override IChatClient CreateEndless() => Client(LocalResponse.Events() with { End = LocalResponseEnd.Hold });

    /// <summary>Half of the pieces: the first word is among them, and the end is not.</summary>
    protected override IChatClient CreateStalling() =>
        Client(Answer with { Pieces = [.. Answer.Pieces.Take((Answer.Pieces.Count + 1) / 2)], End = LocalResponseEnd.Stall });

    protected override Task HeldAsync() => _server.HeldAsync();

    protected override IChatClient CreateFaulty() => Client(LocalResponse.Text(500, """{"error":{"message":"no luck"}}"""));

    private IChatClient Client(LocalResponse response)
    {
        _server.Default = response;
        return ModelRegistry.Create(new OpenAICompatiblePlugin(), new OpenAICompatibleSettings { BaseUrl = _server.Url + "/v1", Model = "m" }, _context);
    }
}
