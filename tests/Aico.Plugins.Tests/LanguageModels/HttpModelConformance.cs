using Aico.Abstractions.Plugins;
using Aico.Testing;
using Aico.Testing.Conformance;
using Aico.Testing.Http;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Tests.LanguageModels;

/// <summary>What every language model must do, for those that are asked over HTTP.</summary>
public abstract class HttpModelConformance : LanguageModelConformance
{
    private TestProviderContext _context = null!;
    private LocalHttpServer _server = null!;

    protected IProviderContext Context => _context;

    /// <summary>Several pieces of text, and a proper end.</summary>
    protected abstract LocalResponse Answer { get; }

    /// <summary>A call of the tool with the argument "city", cut into pieces where the vendor does so.</summary>
    protected abstract LocalResponse Call { get; }

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

    protected abstract IChatClient Client(string url);

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
        return Client(_server.Url);
    }
}
