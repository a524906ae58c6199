using Aico.Abstractions.Plugins;
using Aico.Testing.Vendors;

namespace Aico.Plugins.Tests.Faults;

/// <summary>A provider of speech-to-text or text-to-speech, before the fake of its vendor.</summary>
internal sealed class SpeechSubject(
    string name, ProviderKind kind, SpeechTraits traits, Func<FakeVendor> server, Func<string, IProviderContext, object> create) : FaultSubject(name, kind)
{
    public override bool IsHearing => Kind == ProviderKind.SpeechToText && traits.IsSocket;

    public override string? Excuse(Fault fault) => fault.Kind switch
    {
        FaultKind.HalfOpen or FaultKind.Close when !traits.IsSocket => "HTTP has no such thing: the stalls and the cut say what becomes of its connections",
        FaultKind.ErrorInside when traits.Error is null => "the server has no message for errors: it closes",
        FaultKind.Empty when Kind == ProviderKind.SpeechToText => "noise has no words either: nobody is asked again, and the caller is not answered",
        FaultKind.WrongRate when Kind == ProviderKind.SpeechToText => "the rate is told with the audio; a vendor that cannot decode it closes with 1008, see there, or refuses the request",
        FaultKind.WrongRate when !traits.TellsRate => "messages of bare samples do not say their rate",
        _ => null,
    };

    protected override async Task<(string Url, IAsyncDisposable Server)> ServeAsync(Fault fault)
    {
        var vendor = server();
        VendorFaults.Inject(vendor, fault, traits);
        await vendor.StartAsync();
        return (vendor.Url, vendor);
    }

    protected override object Create(string url, IProviderContext context) => create(url, context);
}
