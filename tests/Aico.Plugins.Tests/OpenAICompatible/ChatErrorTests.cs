using System.Net;
using System.Net.Sockets;
using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Plugins.OpenAICompatible;
using Aico.Testing.Http;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Tests.OpenAICompatible;

public class ChatErrorTests : ChatTest
{
    [TestCase(400, ProviderFailure.InvalidRequest)]
    [TestCase(401, ProviderFailure.Unauthorized)]
    [TestCase(402, ProviderFailure.QuotaExceeded)]
    [TestCase(403, ProviderFailure.Unauthorized)]
    [TestCase(404, ProviderFailure.InvalidRequest)]
    [TestCase(408, ProviderFailure.TimedOut)]
    [TestCase(409, ProviderFailure.Unavailable)]
    [TestCase(413, ProviderFailure.InvalidRequest)]
    [TestCase(422, ProviderFailure.InvalidRequest)]
    [TestCase(429, ProviderFailure.QuotaExceeded)]
    [TestCase(498, ProviderFailure.QuotaExceeded)]
    [TestCase(500, ProviderFailure.Unavailable)]
    [TestCase(503, ProviderFailure.Unavailable)]
    [TestCase(504, ProviderFailure.TimedOut)]
    [TestCase(529, ProviderFailure.Unavailable)]
    [TestCase(302, ProviderFailure.ProtocolError)]
    public async Task Sorts_failures_by_their_status(int status, ProviderFailure expected)
    {
        var error = await FailAsync(LocalResponse.Text(status, """{"error":{"message":"no luck today","type":"x","code":null}}"""));

        error.Failure.Should().Be(expected);
        error.Message.Should().Contain($"HTTP {status}").And.Contain("no luck today").And.Contain("small").And.Contain(Server.Url);
        Server.Requests.Should().HaveCount(1, "a provider never retries");
    }

    [TestCase("insufficient_quota", true)]
    [TestCase("organization_spend_limit_exceeded", true)]
    [TestCase("credit_balance_exhausted", true)]
    [TestCase("rate_limit_exceeded", false)]
    public async Task Tells_used_up_credit_from_a_rate_limit(string code, bool exhausted)
    {
        var byCode = await FailAsync(LocalResponse.Text(429, $$$"""{"error":{"message":"m","type":"t","code":"{{{code}}}"}}"""));
        var byType = await FailAsync(LocalResponse.Text(429, $$$"""{"error":{"message":"m","type":"{{{code}}}","code":null}}"""));

        byCode.IsExhausted.Should().Be(exhausted);
        byType.IsExhausted.Should().Be(exhausted);
        byCode.IsTransient.Should().Be(!exhausted);
    }

    [TestCase("retry-after", "7", 7000)]
    [TestCase("retry-after-ms", "250", 250)]
    [TestCase("retry-after", "Thu, 01 Jan 1970 00:00:00 GMT", 0)]
    [TestCase("retry-after", "soon", null)]
    public async Task Passes_on_how_long_to_wait(string header, string value, int? milliseconds)
    {
        var error = await FailAsync(LocalResponse.Text(429, "{}") with { Headers = new Dictionary<string, string> { [header] = value } });

        error.RetryAfter?.TotalMilliseconds.Should().Be(milliseconds);
        error.RetryAfter.HasValue.Should().Be(milliseconds.HasValue);
    }

    [TestCase("""{"error":"the words"}""")]
    [TestCase("""{"error":{"message":"the words"}}""")]
    [TestCase("""[{"error":{"message":"the words"}}]""")]
    [TestCase("""{"message":"the words"}""")]
    [TestCase("""{"detail":"the words"}""")]
    [TestCase("""{"detail":[{"loc":["body"],"msg":"the words"}]}""")]
    [TestCase("""{"object":"error","message":"the words","code":400}""")]
    [TestCase("""{"title":"the words","status":400}""")]
    [TestCase("the words")]
    public async Task Finds_the_message_in_every_shape_of_body(string body)
    {
        (await FailAsync(LocalResponse.Text(400, body))).Message.Should().Contain(": the words.");
    }

    [Test]
    public async Task Makes_do_with_a_web_page_or_nothing()
    {
        (await FailAsync(LocalResponse.Text(502, "<html><body>Bad Gateway</body></html>", "text/html"))).Message.Should().Contain("a web page instead of JSON").And.NotContain("<");
        (await FailAsync(LocalResponse.Text(500, ""))).Message.Should().EndWith("answered HTTP 500 for the model \"small\".");
    }

    [Test]
    public async Task Names_the_model_that_the_server_does_not_have()
    {
        var error = await FailAsync(LocalResponse.Text(404, """{"error":{"message":"model not found","code":"model_not_found"}}"""));

        error.Message.Should().Contain("Check that the server has the model \"small\"");
    }

    [Test]
    public async Task Never_repeats_the_key()
    {
        Server.Enqueue(LocalResponse.Text(401, """{"error":{"message":"The key sk-very-secret is wrong"}}"""));
        var client = Client(Settings with { ApiKey = new Secret("sk-very-secret") });

        var error = (await client.Invoking(c => c.GetResponseAsync("Hello.")).Should().ThrowAsync<ProviderException>()).Which;

        error.ToString().Should().Contain("The key *** is wrong").And.NotContain("sk-very-secret");
        Server.Requests[0].Headers["authorization"].Should().Be("Bearer sk-very-secret");
    }

    [TestCase("two words")]
    [TestCase("sk-\u2026")]
    public void Refuses_a_key_that_cannot_be_one(string key)
    {
        FluentActions.Invoking(() => Client(Settings with { ApiKey = new Secret(key) })).Should().Throw<ProviderException>()
            .Which.Failure.Should().Be(ProviderFailure.Unauthorized);
    }

    [Test]
    public async Task Names_the_address_that_refuses_without_what_is_secret_in_it()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        var client = Client(Settings with { BaseUrl = $"http://user:word@127.0.0.1:{port}/v1?token=hidden" });

        var error = (await client.Invoking(c => c.GetResponseAsync("Hello.")).Should().ThrowAsync<ProviderException>()).Which;

        error.Failure.Should().Be(ProviderFailure.Unavailable);
        error.Message.Should().Contain($"http://127.0.0.1:{port}/v1/chat/completions cannot be reached").And.NotContain("word").And.NotContain("hidden");
    }

    [TestCase("""{"error":{"message":"overloaded","code":503}}""", ProviderFailure.Unavailable)]
    [TestCase("""{"error":{"message":"slow down","type":"rate_limit_exceeded"}}""", ProviderFailure.QuotaExceeded)]
    [TestCase("""{"error":"something broke"}""", ProviderFailure.Unavailable)]
    [TestCase("""{"object":"error","message":"too long","type":"BadRequestError","code":400}""", ProviderFailure.InvalidRequest)]
    public async Task Throws_an_error_inside_the_stream_after_what_came_before(string data, ProviderFailure expected)
    {
        Server.Enqueue(LocalResponse.Events("""{"choices":[{"delta":{"content":"Well"}}]}""", data));
        var text = "";
        var read = async () =>
        {
            await foreach (var update in Client().GetStreamingResponseAsync("Hello."))
            {
                text += update.Text;
            }
        };

        (await read.Should().ThrowAsync<ProviderException>()).Which.Failure.Should().Be(expected);
        text.Should().Be("Well");
    }

    [Test]
    public async Task Takes_an_error_event_for_an_error_whatever_it_holds()
    {
        var error = await FailAsync(new LocalResponse { ContentType = "text/event-stream", Pieces = ["event: error\ndata: {\"message\":\"gone\"}\n\n"] });

        error.Message.Should().Contain("gone");
    }

    [Test]
    public async Task Takes_a_cut_connection_or_an_early_end_for_a_failure()
    {
        const string Half = """{"choices":[{"delta":{"content":"Half"}}]}""";

        (await FailAsync(LocalResponse.Events(Half) with { End = LocalResponseEnd.Cut })).Failure.Should().Be(ProviderFailure.Unavailable);
        (await FailAsync(LocalResponse.Events(Half))).Message.Should().Contain("ended its answer before it was finished");
    }

    [Test]
    public async Task Takes_something_else_than_a_stream_for_a_breach_of_protocol()
    {
        (await FailAsync(LocalResponse.Events("no json"))).Failure.Should().Be(ProviderFailure.ProtocolError);
        (await FailAsync(LocalResponse.Events("[1]"))).Failure.Should().Be(ProviderFailure.ProtocolError);
        (await FailAsync(LocalResponse.Text(200, "<html>Welcome</html>", "text/html"))).Failure.Should().Be(ProviderFailure.ProtocolError);
        (await FailAsync(LocalResponse.Text(200, "null"))).Failure.Should().Be(ProviderFailure.ProtocolError);
    }

    [TestCase("ftp://x/v1")]
    [TestCase("127.0.0.1:11434")]
    public void Refuses_a_base_URL_that_is_none(string baseUrl)
    {
        FluentActions.Invoking(() => Client(new OpenAICompatibleSettings { BaseUrl = baseUrl })).Should().Throw<ProviderException>()
            .Which.Failure.Should().Be(ProviderFailure.InvalidRequest);
    }

    [Test]
    public async Task Closes_the_connection_of_an_answer_that_is_given_up()
    {
        Server.Enqueue(LocalResponse.Events("""{"choices":[{"delta":{"content":"Well"}}]}""") with { End = LocalResponseEnd.Stall });
        using var cancel = new CancellationTokenSource();
        var reading = Client().GetStreamingResponseAsync("Hello.", cancellationToken: cancel.Token).ToListAsync().AsTask();
        await Server.Stalled.WaitAsync(TimeSpan.FromSeconds(20));

        await cancel.CancelAsync();

        await reading.Invoking(task => task.WaitAsync(TimeSpan.FromSeconds(20))).Should().ThrowAsync<OperationCanceledException>();
        await Server.Abandoned.WaitAsync(TimeSpan.FromSeconds(20));
    }
}
