using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.Vendors;

namespace Aico.Plugins.Shared.OpenAIAudio;

/// <summary>
/// OpenAI's errors and those of the servers that follow it: 429 is a rate limit unless its code speaks of billing, and 498 is Groq's word for
/// a tier without room.
/// </summary>
/// <param name="server">Who answered, as people read it.</param>
/// <param name="key">What must never show in a message.</param>
/// <param name="time">Measures a Retry-After that is a date.</param>
/// <param name="ofMissing">What to look after where the server knows no such thing (404), as a sentence.</param>
internal class AudioErrors(string server, Secret? key, TimeProvider time, string ofMissing) : VendorErrors(server, key, time)
{
    /// <summary>Codes and types of a 429 that no waiting mends.</summary>
    private static readonly string[] Exhausted =
    [
        "insufficient_quota", "credit_balance_exhausted", "spend_limit", "usage_limit_exceeded", "billing_hard_limit_reached", "billing_not_active",
        "billing_error", "payment_required",
    ];

    protected override (ProviderFailure Failure, bool IsExhausted) Classify(VendorFault fault) => fault switch
    {
        { Status: 429 or 403 or 0 } when fault.HasCode(Exhausted) => (ProviderFailure.QuotaExceeded, true),
        { Status: 498 } => (ProviderFailure.QuotaExceeded, false),
        { Status: 0 } when fault.HasCode("rate_limit") => (ProviderFailure.QuotaExceeded, false),
        { Status: 0 } when fault.HasCode("invalid_request", "not_found") => (ProviderFailure.InvalidRequest, false),
        _ => ByStatus(fault.Status),
    };

    protected override string Hint(ProviderFailure failure, VendorFault fault) =>
        fault.Status is 404 or 405 ? " " + ofMissing : base.Hint(failure, fault);
}
