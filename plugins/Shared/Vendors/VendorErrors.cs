using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.Http;

namespace Aico.Plugins.Shared.Vendors;

/// <summary>Turns what a vendor said of a failure into the category that the host decides by.</summary>
/// <param name="vendor">The vendor's name, as people read it.</param>
/// <param name="key">What must never show in a message.</param>
/// <param name="time">Measures a Retry-After that is a date.</param>
internal class VendorErrors(string vendor, Secret? key, TimeProvider time)
{
    private const int LongestMessage = 300;

    public string Vendor { get; } = vendor;

    /// <summary>The error of a response, whose body is read.</summary>
    public async Task<ProviderException> FromAsync(HttpResponseMessage response, CancellationToken ct) =>
        From(await VendorFaultReader.ReadAsync(response, HttpFaults.RetryAfter(response.Headers, time), ct));

    public ProviderException From(VendorFault fault)
    {
        var (failure, isExhausted) = Classify(fault);
        var what = fault.Status > 0 ? $"HTTP {fault.Status}" : "an error";
        return Make(failure, $"answered {what}{Quote(fault.Message, fault.Code)}", fault, isExhausted);
    }

    /// <summary>The error of a socket that the vendor closed.</summary>
    public ProviderException Closed(int? status, string? description, ProviderFailure failure) => new(
        failure,
        status is null ? $"{Vendor}: the connection broke off." : $"{Vendor} closed the connection with code {status}{Quote(description ?? "", "")}");

    public ProviderException Garbage(string what, Exception? inner = null) =>
        new(ProviderFailure.ProtocolError, $"{Vendor} sent {what}.", inner);

    /// <summary>The category of a fault, and whether it is credit that is used up. A vendor's own codes come before its status.</summary>
    protected virtual (ProviderFailure Failure, bool IsExhausted) Classify(VendorFault fault) => ByStatus(fault.Status);

    protected static (ProviderFailure Failure, bool IsExhausted) ByStatus(int status) => status switch
    {
        401 or 403 => (ProviderFailure.Unauthorized, false),
        402 => (ProviderFailure.QuotaExceeded, true),
        429 => (ProviderFailure.QuotaExceeded, false),
        408 or 504 or 522 or 524 => (ProviderFailure.TimedOut, false),
        409 or 425 or 499 => (ProviderFailure.Unavailable, false),
        >= 400 and < 500 => (ProviderFailure.InvalidRequest, false),
        >= 500 or 0 => (ProviderFailure.Unavailable, false),
        _ => (ProviderFailure.ProtocolError, false),
    };

    protected virtual string Hint(ProviderFailure failure, VendorFault fault) => failure switch
    {
        ProviderFailure.Unauthorized when key is null => " No API key is set.",
        ProviderFailure.Unauthorized => " Check the API key and what it may do.",
        ProviderFailure.QuotaExceeded when Classify(fault).IsExhausted => " The account needs credit.",
        ProviderFailure.InvalidRequest when fault.Status == 404 => " Check the base URL, the model and the voice.",
        _ => "",
    };

    private ProviderException Make(ProviderFailure failure, string what, VendorFault fault, bool isExhausted) =>
        new(failure, $"{Vendor} {what}{Hint(failure, fault)}") { RetryAfter = fault.RetryAfter, IsExhausted = isExhausted };

    /// <summary>The vendor's words, ended like a sentence.</summary>
    private string Quote(string message, string code)
    {
        message = message.Length > 0 ? message : code;
        var clean = string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        // Some servers repeat the key that they refuse.
        clean = key is null ? clean : clean.Replace(key.Reveal(), "***", StringComparison.Ordinal);
        clean = clean.Length > LongestMessage ? clean[..LongestMessage] + "…" : clean;
        return clean.Length == 0 ? "." : clean[^1] is '.' or '!' or '?' or '…' ? $": {clean}" : $": {clean}.";
    }
}
