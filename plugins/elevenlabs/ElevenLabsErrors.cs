using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.Vendors;

namespace Aico.Plugins.ElevenLabs;

/// <summary>
/// ElevenLabs answers 401 to several things that are no matter of the key, so its own codes come first. A socket says why in a
/// message, then closes with 1008.
/// </summary>
internal sealed class ElevenLabsErrors(Secret? key, TimeProvider time) : VendorErrors("ElevenLabs", key, time)
{
    public ProviderException Closed(int? status, string? description)
    {
        var fault = new VendorFault(0, description ?? "", description ?? "");
        return FindCode(fault) is not null ? From(fault) : Closed(status, description, status switch
        {
            // 1009 was seen where voice and model do not go together.
            1003 or 1007 or 1008 or 1009 => ProviderFailure.InvalidRequest,
            1002 => ProviderFailure.ProtocolError,
            _ => ProviderFailure.Unavailable,
        });
    }

    protected override (ProviderFailure Failure, bool IsExhausted) Classify(VendorFault fault) => FindCode(fault) ?? fault switch
    {
        { Status: 0 } when fault.HasCode("1011", "internal") => (ProviderFailure.Unavailable, false),
        { Status: 0 } => (ProviderFailure.InvalidRequest, false),
        _ => ByStatus(fault.Status),
    };

    protected override string Hint(ProviderFailure failure, VendorFault fault) =>
        failure == ProviderFailure.Unauthorized && fault.HasCode("missing_permissions") ? " Give the API key this permission." : base.Hint(failure, fault);

    private static (ProviderFailure Failure, bool IsExhausted)? FindCode(VendorFault fault) => fault switch
    {
        _ when fault.HasCode("quota_exceeded", "insufficient_credits", "payment_required") => (ProviderFailure.QuotaExceeded, true),
        _ when fault.HasCode("too_many_concurrent_requests", "rate_limit", "concurrent_limit") => (ProviderFailure.QuotaExceeded, false),
        _ when fault.HasCode("system_busy", "input_timeout") => (ProviderFailure.Unavailable, false),
        _ when fault.HasCode("invalid_api_key", "missing_permissions", "needs_authorization", "authentication", "detected_unusual_activity") =>
            (ProviderFailure.Unauthorized, false),
        _ when fault.HasCode("voice_not_found", "voice_does_not_exist", "model_not_found", "invalid_uid", "max_character_limit_exceeded", "unsupported") =>
            (ProviderFailure.InvalidRequest, false),
        _ => null,
    };
}
