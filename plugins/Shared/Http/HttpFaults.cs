using System.Globalization;
using System.Net.Http.Headers;
using Aico.Abstractions;

namespace Aico.Plugins.Shared.Http;

/// <summary>What every HTTP provider says of a connection that failed.</summary>
internal static class HttpFaults
{
    /// <summary>True for what a connection can throw, as an exception filter.</summary>
    public static bool IsConnectionFault(Exception error, CancellationToken ct) =>
        error is HttpRequestException or IOException || (error is OperationCanceledException && !ct.IsCancellationRequested);

    /// <summary>A connection that could not be made or that broke.</summary>
    public static ProviderException From(Exception error, string provider, Uri url, string whatHappened)
    {
        var inner = error.InnerException ?? error;
        var failure = error is OperationCanceledException || inner is TimeoutException ? ProviderFailure.TimedOut : ProviderFailure.Unavailable;
        return new ProviderException(failure, $"{provider} at {Printable(url)} {whatHappened}: {inner.Message}", error);
    }

    /// <summary>An address without what could be a secret: user information and query.</summary>
    public static string Printable(Uri url) => url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>How long the server asks to wait: retry-after-ms, or Retry-After in seconds or as a date.</summary>
    public static TimeSpan? RetryAfter(HttpResponseHeaders headers, TimeProvider time)
    {
        if (headers.TryGetValues("retry-after-ms", out var values)
            && double.TryParse(values.First(), NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds is >= 0 and < 1e9)
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        var wait = headers.RetryAfter?.Delta ?? (headers.RetryAfter?.Date is { } date ? date - time.GetUtcNow() : null);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
