using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.Vendors;

namespace Aico.Plugins.Cartesia;

/// <summary>Cartesia's codes, and the words of API versions before 2026-03-01, which have no codes: "Title: Message".</summary>
internal sealed class CartesiaErrors(Secret? key, TimeProvider time) : VendorErrors("Cartesia", key, time)
{
    public ProviderException Closed(int? status, string? description) => Closed(status, description, status switch
    {
        1003 or 1007 or 1008 or 1009 => ProviderFailure.InvalidRequest,
        1002 => ProviderFailure.ProtocolError,
        _ => ProviderFailure.Unavailable,
    });

    protected override (ProviderFailure Failure, bool IsExhausted) Classify(VendorFault fault) => fault switch
    {
        _ when IsSunset(fault) => (ProviderFailure.InvalidRequest, false),
        _ when fault.HasCode("quota_exceeded") || fault.Says("quota exceeded") || fault.Says("credit limit") => (ProviderFailure.QuotaExceeded, true),
        _ when fault.HasCode("concurrency_limited") || fault.Says("too many concurrent") => (ProviderFailure.QuotaExceeded, false),
        _ when fault.HasCode("voice_not_found", "model_not_found") => (ProviderFailure.InvalidRequest, false),
        _ => ByStatus(fault.Status),
    };

    protected override string Hint(ProviderFailure failure, VendorFault fault) =>
        IsSunset(fault) ? $" This model is gone: set the model to {CartesiaModels.Current}." : base.Hint(failure, fault);

    private static bool IsSunset(VendorFault fault) => fault.HasCode("model_sunsetted") || fault.Says("sunset");
}
