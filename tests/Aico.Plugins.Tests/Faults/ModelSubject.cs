using Aico.Abstractions.Plugins;
using Aico.Testing.Http;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Tests.Faults;

/// <summary>A language model, before a server that answers as it is told.</summary>
internal sealed class ModelSubject(string name, ModelTraits traits, Func<string, IProviderContext, IChatClient> create) : FaultSubject(name, ProviderKind.LanguageModel)
{
    public override string? Excuse(Fault fault) => fault.Kind switch
    {
        FaultKind.HalfOpen or FaultKind.Close => "HTTP has no such thing: the stalls and the cut say what becomes of its connections",
        FaultKind.WrongRate => "text has no sample rate",
        _ => null,
    };

    protected override async Task<(string Url, IAsyncDisposable Server)> ServeAsync(Fault fault)
    {
        var server = await LocalHttpServer.StartAsync();
        server.Default = Answer(fault);
        return (server.Url, server);
    }

    protected override object Create(string url, IProviderContext context) => create(url, context);

    private LocalResponse Answer(Fault fault)
    {
        var half = traits.Answer with { Pieces = [.. traits.Answer.Pieces.Take((traits.Answer.Pieces.Count + 1) / 2)] };
        return fault.Kind switch
        {
            FaultKind.Status => LocalResponse.Text(fault.Code, traits.Refusal(fault)) with
            {
                Headers = fault.RetryAfter > 0 ? new Dictionary<string, string> { ["Retry-After"] = $"{fault.RetryAfter}" } : [],
            },
            FaultKind.FirstStall => LocalResponse.Events() with { End = LocalResponseEnd.Stall },
            FaultKind.MiddleStall => half with { End = LocalResponseEnd.Stall },
            FaultKind.MiddleCut => half with { End = LocalResponseEnd.Cut },
            FaultKind.Garbage => LocalResponse.Text(200, "<html><body>Bad Gateway</body></html>", "text/html"),
            FaultKind.Empty => traits.Nothing,
            FaultKind.ErrorInside => traits.Error,
            FaultKind.Huge => traits.Huge,
            _ => traits.Answer,
        };
    }
}
