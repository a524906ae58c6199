using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Api;
using Aico.Host.Providers;

namespace Aico.Host.Cli.Organizations.Desks;

/// <summary>Asks the REST API of a host; whatever goes wrong is one line for a person.</summary>
internal sealed class RemoteApi(Uri server, Secret? key, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpMessageInvoker _http = new(PooledHttp.Create(), disposeHandler: true);

    /// <summary>True for what a header can carry as it is.</summary>
    public static bool IsHeaderValue(string text) => text.All(c => c is > ' ' and <= '~');

    /// <param name="method">GET, POST, PUT or DELETE.</param>
    /// <param name="path">From /api on, with the query, escaped.</param>
    /// <param name="organization">For which; null: the request is for none.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="expected">The revision that must be there, 0: none; null: whichever.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The answer; empty where it has no content.</returns>
    /// <exception cref="CliException">The server refuses, fails, or cannot be reached.</exception>
    public async Task<JsonObject> AskAsync(
        HttpMethod method, string path, string? organization, CancellationToken ct, JsonObject? body = null, long? expected = null)
    {
        var (status, answer) = await SendAsync(method, path, organization, body, expected, ct);
        return status < 300 ? answer : throw Refused(status, answer);
    }

    /// <summary>Reads what is an organization's; null where there is no such organization.</summary>
    /// <exception cref="CliException">The server refuses, fails, or cannot be reached.</exception>
    public async Task<JsonObject?> FindAsync(string path, string organization, CancellationToken ct)
    {
        var (status, answer) = await SendAsync(HttpMethod.Get, path, organization, null, null, ct);
        return status < 300 ? answer : Text(answer, "type") == $"urn:aico:problem:{ApiProblem.UnknownOrganization.Type}" ? null : throw Refused(status, answer);
    }

    /// <summary>Reads an answer.</summary>
    /// <exception cref="CliException">It has another shape.</exception>
    public T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidOperationException or NullReferenceException or FormatException or ArgumentException or InvalidCastException)
        {
            throw Failed("is of another version: its answer has another shape");
        }
    }

    public void Dispose() => _http.Dispose();

    // An answer, or the problem that is answered with.
    private async Task<(int Status, JsonObject Answer)> SendAsync(
        HttpMethod method, string path, string? organization, JsonObject? body, long? expected, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        using var request = Request(method, path, organization, body, expected);
        try
        {
            using var response = await _http.SendAsync(request, both.Token);
            var text = await response.Content.ReadAsStringAsync(both.Token);
            return response.IsSuccessStatusCode || response.Content.Headers.ContentType?.MediaType == "application/problem+json"
                ? ((int)response.StatusCode, text.Length == 0 ? [] : JsonNode.Parse(text) as JsonObject ?? throw new JsonException())
                : throw Failed($"answered with status {(int)response.StatusCode}, and not as an AICO host does");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw Failed($"did not answer within {Patience.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Failed($"cannot be reached: {e.Message.TrimEnd('.')}");
        }
        catch (JsonException)
        {
            throw Failed("answered with something that is no JSON");
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path, string? organization, JsonObject? body, long? expected)
    {
        if (organization is not null && (organization.Length == 0 || !IsHeaderValue(organization)))
        {
            throw new CliException($"There is no organization \"{organization}\".");
        }

        var request = new HttpRequestMessage(method, $"{server.AbsoluteUri.TrimEnd('/')}{path}");
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Reveal());
        }

        if (organization is not null)
        {
            request.Headers.TryAddWithoutValidation(ApiOrganization.Header, organization);
        }

        if (expected is { } revision)
        {
            request.Headers.TryAddWithoutValidation(revision == 0 ? "If-None-Match" : "If-Match", revision == 0 ? "*" : FormattableString.Invariant($"\"{revision}\""));
        }

        request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return request;
    }

    private CliException Refused(int status, JsonObject problem)
    {
        var errors = (problem["errors"] as JsonArray ?? []).OfType<JsonObject>().Select(error => Text(error, "pointer") is { Length: > 0 } pointer ? $"{pointer}: {Text(error, "message")}" : Text(error, "message"));
        var sentences = new[] { Text(problem, "detail") ?? Text(problem, "title") }.Concat(errors).OfType<string>().ToList();
        if (status == 401)
        {
            sentences.Add($"The key for {server.Authority} is taken from AICO_API_KEY, else from AICO_INTERNAL_API_KEY.");
        }

        return new CliException(string.Join(' ', sentences), status is 400 or 404 or 409 ? ExitCode.BadUsage : ExitCode.Failed);
    }

    private CliException Failed(string what) => new($"The server {server.Authority} {what}.", ExitCode.Failed);

    private static string? Text(JsonObject node, string name) => node[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
