using System.Text.Json.Nodes;
using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Testing;
using Aico.Testing.Http;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Tests.LanguageModels;

/// <summary>A language model of a plugin, and the server that it talks to.</summary>
public abstract class ModelTest
{
    protected static readonly AITool Weather = AIFunctionFactory.Create((string city, int? days) => $"{city} {days}", "get_weather", "The weather of a city.");

    private TestProviderContext _context = null!;

    protected LocalHttpServer Server { get; private set; } = null!;

    protected IProviderContext Context => _context;

    /// <summary>An answer of one word, in the vendor's way.</summary>
    protected abstract LocalResponse Word { get; }

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

    /// <summary>One with default settings, but for the address and the key "key-1".</summary>
    protected abstract IChatClient Client();

    protected static LocalResponse Stream(params string[] pieces) => new() { ContentType = "text/event-stream", Pieces = pieces };

    protected async Task<JsonNode> SendAsync(IChatClient client, IEnumerable<ChatMessage>? messages = null, ChatOptions? options = null)
    {
        Server.Enqueue(Word);
        await client.GetResponseAsync(messages ?? [new(ChatRole.User, "Hello.")], options);
        return JsonNode.Parse(Server.Requests[^1].Body)!;
    }

    protected async Task<ChatResponse> AnswerAsync(LocalResponse response)
    {
        Server.Enqueue(response);
        return await Client().GetResponseAsync("Hello.");
    }

    protected async Task<ProviderException> FailAsync(LocalResponse response, IChatClient? client = null)
    {
        Server.Enqueue(response);
        var ask = () => (client ?? Client()).GetStreamingResponseAsync("Hello.").ToListAsync().AsTask();
        return (await ask.Should().ThrowAsync<ProviderException>()).Which;
    }

    /// <summary>The shortest form of an error: its category, with what makes a difference.</summary>
    protected async Task<string> OutcomeAsync(int status, string body)
    {
        var error = await FailAsync(LocalResponse.Text(status, body));
        error.ToString().Should().NotContain("key-1");
        return $"{error.Failure}{(error.IsExhausted ? " exhausted" : "")}{(error.RetryAfter is { } wait ? $" {wait.TotalSeconds}s" : "")}";
    }

    protected async Task<ProbeReport> ProbeAsync(IChatClient client, string list)
    {
        Server.Enqueue(LocalResponse.Text(200, list));
        return await ((IProviderProbe)client.GetService(typeof(IProviderProbe))!).ProbeAsync(CancellationToken.None);
    }

    protected async Task<IReadOnlyList<ModelInfo>> ListAsync(params string[] pages)
    {
        Server.Enqueue(pages.Select(page => LocalResponse.Text(200, page)));
        return await ((IModelCatalog)Client().GetService(typeof(IModelCatalog))!).ListModelsAsync(CancellationToken.None);
    }

    [Test]
    public async Task Closes_the_connection_of_an_answer_that_is_given_up()
    {
        Server.Enqueue(Word with { Pieces = [Word.Pieces[0]], End = LocalResponseEnd.Stall });
        using var cancel = new CancellationTokenSource();
        var reading = Client().GetStreamingResponseAsync("Hello.", cancellationToken: cancel.Token).ToListAsync().AsTask();
        await Server.Stalled.WaitAsync(TimeSpan.FromSeconds(20));

        await cancel.CancelAsync();

        await reading.Invoking(task => task.WaitAsync(TimeSpan.FromSeconds(20))).Should().ThrowAsync<OperationCanceledException>();
        await Server.Abandoned.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Test]
    public async Task Reads_an_answer_whose_events_come_cut_anywhere()
    {
        var whole = string.Concat(Word.Pieces);
        Server.Enqueue(Word with { Pieces = [.. whole.Chunk(7).Select(piece => new string(piece))] });

        (await Client().GetResponseAsync("Hello.")).Text.Should().Be("Yes.");
    }

    [Test]
    public async Task Takes_a_cut_connection_for_a_failure_that_may_pass()
    {
        var error = await FailAsync(Word with { Pieces = [Word.Pieces[0]], End = LocalResponseEnd.Cut });

        error.Failure.Should().Be(ProviderFailure.Unavailable);
        error.IsTransient.Should().BeTrue();
    }

    [Test]
    public async Task Never_repeats_the_key_that_a_server_repeats()
    {
        var error = await FailAsync(LocalResponse.Text(401, """{"error":{"message":"The key key-1 is wrong","type":"authentication_error"}}"""));

        error.Failure.Should().Be(ProviderFailure.Unauthorized);
        error.ToString().Should().Contain("The key *** is wrong").And.NotContain("key-1");
        Server.Requests.Should().ContainSingle("a provider never retries");
    }

    [Test]
    public async Task Says_in_a_probe_what_a_request_would_have_met()
    {
        Server.Enqueue(LocalResponse.Text(401, """{"error":{"message":"wrong key"}}"""));
        var probe = () => ((IProviderProbe)Client()).ProbeAsync(CancellationToken.None).AsTask();

        (await probe.Should().ThrowAsync<ProviderException>()).Which.Failure.Should().Be(ProviderFailure.Unauthorized);
        Server.Requests[0].Method.Should().Be("GET", "a probe costs nothing");
    }
}
