using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Testing.Conformance;
using Microsoft.Extensions.AI;

namespace SampleLlm.Tests;

/// <summary>What the contract asks of every language model.</summary>
public sealed class SampleLlmConformanceTests : LanguageModelConformance, IDisposable
{
    private const string Answer = "{\"text\":\"Hello\"}\n{\"text\":\" there.\"}\n{\"end\":\"stop\"}\n";

    private readonly FakeService _service;
    private bool _isStalling;

    public SampleLlmConformanceTests() => _service = new FakeService(AnswerAsync);

    public void Dispose() => _service.Dispose();

    [SetUp]
    public void AnswerAgain() => _service.IsHolding = _isStalling = false;

    protected override IChatClient Create() => Create(FakeService.Key);

    // The fake calls the first tool that it is offered, until it has a result.
    protected override IChatClient CreateCalling() => Create();

    protected override IChatClient CreateEndless()
    {
        _service.IsHolding = true;
        return Create();
    }

    protected override IChatClient CreateStalling()
    {
        _isStalling = true;
        return Create();
    }

    protected override Task HeldAsync() => _service.HeldAsync();

    protected override IChatClient CreateFaulty() => Create("a-wrong-key");

    private SampleLlmChatClient Create(string key) =>
        new(new SampleLlmSettings { BaseUrl = FakeService.Url, ApiKey = new Secret(key) }, new LentContext(_service));

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken ct)
    {
        if (_isStalling)
        {
            return new HttpResponseMessage { Content = new StreamContent(new StallingStream(Answer.Split('\n')[0] + "\n")) };
        }

        var body = (await request.Content!.ReadFromJsonAsync<JsonNode>(ct))!;
        var isAnswered = body["messages"]!.AsArray().Any(message => message!["results"]!.AsArray().Count > 0);
        var lines = !isAnswered && body["tools"]!.AsArray() is [{ } tool, ..]
            ? $$$$"""{"call":{"id":"1","name":"{{{{tool["name"]}}}}","arguments":{"city":"Rome"}}}""" + "\n{\"end\":\"tools\"}\n"
            : Answer;
        return new HttpResponseMessage { Content = new StringContent(lines) };
    }
}
