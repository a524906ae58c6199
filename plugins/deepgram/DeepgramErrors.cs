using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.Vendors;

namespace Aico.Plugins.Deepgram;

/// <summary>
/// Deepgram's statuses mean what they say everywhere (401 and 403 the key or its permissions, 402 credit, 429 too many at once); a
/// refused upgrade shows only its status and the header dg-error.
/// </summary>
internal sealed class DeepgramErrors(Secret? key, TimeProvider time) : VendorErrors("Deepgram", key, time)
{
    public ProviderException Closed(int? status, string? description) => Closed(status, description, status switch
    {
        // DATA-0000 and its like: audio that cannot be decoded, a message that cannot be read or is too big.
        1003 or 1007 or 1008 or 1009 => ProviderFailure.InvalidRequest,
        1002 => ProviderFailure.ProtocolError,
        _ => ProviderFailure.Unavailable,
    });

    protected override (ProviderFailure Failure, bool IsExhausted) Classify(VendorFault fault) => fault switch
    {
        _ when fault.HasCode("PAYMENT_REQUIRED") => (ProviderFailure.QuotaExceeded, true),
        { Status: 0 } when fault.HasCode("INVALID_AUTH", "PERMISSIONS") => (ProviderFailure.Unauthorized, false),
        { Status: 0 } when fault.HasCode("INVALID", "UNPARSABLE", "DATA-", "MESSAGE-", "BIG-") => (ProviderFailure.InvalidRequest, false),
        _ => ByStatus(fault.Status),
    };
}
