using Aico.Abstractions;
using Aico.Plugins.OpenAICompatible;
using Aico.Plugins.Tests.LanguageModels;
using Aico.Testing;
using Aico.Testing.Http;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Tests.OpenAICompatible;

/// <summary>A client and the server that it talks to.</summary>
public abstract class ChatTest
{
    private TestProviderContext _context = null!;

    protected LocalHttpServer Server { get; private set; } = null!;

    internal OpenAICompatibleSettings Settings => new() { BaseUrl = Server.Url + "/v1", Model = "small" };

    [SetUp]
    public async Task StartServerAsync()
    {
        _context = new TestProviderContext();
        Server = await LocalHttpServer.StartAsync();
    }

    [TearDown]
    public async Task StopServerAsync()
    {
        _context.Dispose();
        await Server.DisposeAsync();
    }

    internal IChatClient Client(OpenAICompatibleSettings? settings = null) => ModelRegistry.Create(new OpenAICompatiblePlugin(), settings ?? Settings, _context);

    /// <summary>What comes of an answer whose chunks have the given deltas.</summary>
    protected Task<List<ChatResponseUpdate>> StreamAsync(params IEnumerable<string> deltas)
    {
        Server.Enqueue(LocalResponse.Events(
            [.. deltas.Select(delta => $$"""{"choices":[{"index":0,"delta":{{delta}}}]}"""), """{"choices":[{"delta":{},"finish_reason":"stop"}]}""", "[DONE]"]));
        return Client().GetStreamingResponseAsync("Hello.").ToListAsync().AsTask();
    }

    protected async Task<ProviderException> FailAsync(LocalResponse response)
    {
        Server.Enqueue(response);
        var ask = () => Client().GetStreamingResponseAsync("Hello.").ToListAsync().AsTask();
        return (await ask.Should().ThrowAsync<ProviderException>()).Which;
    }
}
