using System.Text;
using Aico.Testing.Vendors;
using Microsoft.AspNetCore.Http;

namespace Aico.Plugins.Tests.Faults;

/// <summary>Makes the fake of a vendor fail.</summary>
internal static class VendorFaults
{
    public static void Inject(FakeVendor vendor, Fault fault, SpeechTraits traits)
    {
        vendor.Intercept = fault.Kind switch
        {
            FaultKind.Status => context => RefuseAsync(context, fault, traits),
            FaultKind.HalfOpen => context => OpenHalfAsync(vendor, context),
            > FaultKind.Status when !traits.IsSocket => context => AnswerAsync(context, fault, traits),
            _ => null,
        };
        if (traits.IsSocket && fault.IsInside)
        {
            var (had, isOver) = (false, false);
            vendor.Saying = async (socket, text) =>
            {
                var isResult = traits.IsResult(text);
                if (isOver)
                {
                    return true;
                }

                switch (fault.Kind)
                {
                    case FaultKind.FirstStall:
                        return true;
                    case FaultKind.Empty:
                        return isResult;
                    case FaultKind.MiddleStall or FaultKind.MiddleCut when !had:
                        had = isResult;
                        return false;
                    case FaultKind.MiddleStall:
                        return true;
                    case FaultKind.MiddleCut:
                        socket.Cut();
                        break;
                    case FaultKind.Close:
                        await socket.CloseAsync(fault.Code, traits.CloseReasons.GetValueOrDefault(fault.Code, ""));
                        break;
                    case FaultKind.Garbage:
                        await socket.SendAsync("<html>502 Bad Gateway");
                        break;
                    case FaultKind.ErrorInside:
                        await socket.SendAsync(traits.Error!);
                        break;
                    case FaultKind.Huge:
                        await socket.SendAsync($$"""{"type":"{{new string('a', Fault.HugeBytes)}}"}""");
                        break;
                }

                isOver = true;
                return true;
            };
        }
    }

    /// <summary>Statuses meet every request, but that a model is not known shows only where it is used.</summary>
    private static async Task<bool> RefuseAsync(HttpContext context, Fault fault, SpeechTraits traits)
    {
        if (fault.Code == 404 && !IsUse(context))
        {
            return false;
        }

        if (fault.RetryAfter > 0)
        {
            context.Response.Headers.RetryAfter = $"{fault.RetryAfter}";
        }

        if (traits.ErrorHeader is { } header)
        {
            context.Response.Headers[header] = fault.IsQuota ? "ASR_PAYMENT_REQUIRED" : "SOME_CODE";
        }

        await SendAsync(context, fault.Code, "application/json", Encoding.UTF8.GetBytes(traits.Refusal(fault)));
        return true;
    }

    private static async Task<bool> OpenHalfAsync(FakeVendor vendor, HttpContext context)
    {
        await vendor.ServeAsync(context, socket => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, socket.Over));
        return true;
    }

    private static async Task<bool> AnswerAsync(HttpContext context, Fault fault, SpeechTraits traits)
    {
        if (!IsUse(context))
        {
            return false;
        }

        var response = context.Response;
        switch (fault.Kind)
        {
            case FaultKind.FirstStall:
                await response.StartAsync();
                await StallAsync(context);
                break;
            case FaultKind.MiddleStall:
                response.Body = new BreakingStream(response.Body, traits.Middle, () => StallAsync(context));
                return false;
            case FaultKind.MiddleCut:
                response.Body = new BreakingStream(response.Body, traits.Middle, () =>
                {
                    context.Abort();
                    return Task.FromException(new OperationCanceledException());
                });
                return false;
            case FaultKind.Garbage:
                await SendAsync(context, 200, "text/html", Encoding.UTF8.GetBytes($"<html><body>{new string('x', 5000)}</body></html>"));
                break;
            case FaultKind.Empty:
                await SendAsync(context, 200, "audio/pcm", ReadOnlyMemory<byte>.Empty);
                break;
            case FaultKind.ErrorInside:
                await SendAsync(context, 200, "application/json", Encoding.UTF8.GetBytes(traits.Error!));
                break;
            case FaultKind.WrongRate:
                await SendAsync(context, 200, "audio/wav", FakeSpeech.Wav("Yes, I can hear you.", 11_025));
                break;
            case FaultKind.Huge:
                // Speech may well be so long; a refusal, or a transcript, may not.
                await SendAsync(
                    context, traits.TellsRate ? 503 : 200, "application/json", Encoding.UTF8.GetBytes($$"""{"text":"ten of clubs","pad":"{{new string('a', Fault.HugeBytes)}}"}"""));
                break;
        }

        return true;
    }

    private static bool IsUse(HttpContext context) => context.Request.Method == "POST" || context.WebSockets.IsWebSocketRequest;

    private static async Task SendAsync(HttpContext context, int status, string type, ReadOnlyMemory<byte> body)
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, type);
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static async Task StallAsync(HttpContext context)
    {
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
    }
}
