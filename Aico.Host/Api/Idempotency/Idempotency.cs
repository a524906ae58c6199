using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Aico.Host.Api.Idempotency;

/// <summary>
/// Serves a POST with an Idempotency-Key once: who sends it again gets the first answer. Keys belong to their caller, organization and
/// route. What failed in the host is forgotten, so that it can be tried again.
/// </summary>
internal sealed class Idempotency(TimeProvider time)
{
    public const string Header = "Idempotency-Key";
    private const int LongestKey = 255;
    private const int LargestReply = 64 * 1024;

    private readonly IdempotencyMemory _memory = new(time);

    public Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (!HttpMethods.IsPost(http.Request.Method)
            || !http.Request.Headers.ContainsKey(Header)
            || http.GetEndpoint()?.Metadata.GetMetadata<ApiOperation>() is not { TakesIdempotencyKey: true } operation)
        {
            return next(http);
        }

        return ServeAsync(http, next, operation);
    }

    private async Task ServeAsync(HttpContext http, RequestDelegate next, ApiOperation operation)
    {
        var given = http.Request.Headers[Header].ToString();
        if (given.Length is 0 or > LongestKey)
        {
            throw ApiException.Field($"@{Header}", $"It has 1 to {LongestKey} characters.");
        }

        var key = string.Join('\n', ApiCaller.Of(http).Identity, http.Request.Headers[ApiOrganization.Header].ToString(), operation.Id, http.Request.Path.ToString(), given);
        var hash = await HashAsync(http);
        var (entry, isNew) = _memory.Begin(key, hash);
        if (isNew)
        {
            await ServeFirstAsync(http, next, key, entry);
            return;
        }

        if (!entry.Request.SequenceEqual(hash))
        {
            throw new ApiException(ApiProblem.IdempotencyMismatch, "Take a new key for a new request.");
        }

        var reply = _memory.ReplyOf(entry)
            ?? throw new ApiException(ApiProblem.IdempotencyInProgress, "Ask again in a moment.") { RetryAfter = TimeSpan.FromSeconds(1) };
        await ReplayAsync(http, reply);
    }

    private async Task ServeFirstAsync(HttpContext http, RequestDelegate next, string key, IdempotencyEntry entry)
    {
        var client = http.Response.Body;
        using var copy = new MemoryStream();
        http.Response.Body = copy;
        try
        {
            try
            {
                await next(http);
            }
            catch (Exception e) when (ApiFaults.Translate(e) is { Problem.Status: < 500 } refusal)
            {
                // A refusal is an answer too.
                await ApiProblemWriter.WriteAsync(http, refusal);
            }

            var response = http.Response;
            if (response.StatusCode >= 500 || copy.Length > LargestReply)
            {
                _memory.Forget(key, entry);
            }
            else
            {
                _memory.Complete(entry, new IdempotentReply(
                    response.StatusCode, response.ContentType, response.Headers.Location, response.Headers.ETag, copy.ToArray()));
            }
        }
        catch
        {
            _memory.Forget(key, entry);
            throw;
        }
        finally
        {
            http.Response.Body = client;
        }

        copy.Position = 0;
        await copy.CopyToAsync(client, http.RequestAborted);
    }

    private static async Task ReplayAsync(HttpContext http, IdempotentReply reply)
    {
        var response = http.Response;
        response.StatusCode = reply.Status;
        response.ContentType = reply.ContentType;
        response.Headers.Location = reply.Location;
        response.Headers.ETag = reply.ETag;
        response.Headers["Idempotent-Replayed"] = "true";
        response.Headers.CacheControl = "no-store";
        await response.Body.WriteAsync(reply.Body, http.RequestAborted);
    }

    // The body is read twice: here, and by the endpoint.
    private static async Task<byte[]> HashAsync(HttpContext http)
    {
        var request = http.Request;
        if (request.Body is not MemoryStream)
        {
            var memory = new MemoryStream();
            await request.Body.CopyToAsync(memory, http.RequestAborted);
            request.Body = memory;
        }

        var body = (MemoryStream)request.Body;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.QueryString}\n{request.ContentType}\n"));
        hash.AppendData(body.ToArray());
        body.Position = 0;
        return hash.GetHashAndReset();
    }
}
