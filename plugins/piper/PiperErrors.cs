using Aico.Abstractions;
using Aico.Plugins.Shared.Vendors;

namespace Aico.Plugins.Piper;

/// <summary>Piper answers 500 to every text or option that it cannot speak, so the same request would fail again.</summary>
internal sealed class PiperErrors(TimeProvider time) : VendorErrors("The Piper server", null, time)
{
    protected override (ProviderFailure Failure, bool IsExhausted) Classify(VendorFault fault) =>
        fault.Status == 500 ? (ProviderFailure.InvalidRequest, false) : ByStatus(fault.Status);

    protected override string Hint(ProviderFailure failure, VendorFault fault) => fault.Status switch
    {
        500 => " It cannot speak this text with these settings; its log says why.",
        404 or 405 => " Check that the base URL is the root of a Piper server.",
        _ => "",
    };
}
