using System.Net;
using System.Net.Sockets;

namespace Aico.Host.Cli.Doctor;

/// <summary>The port of the API: is it free, or does a host of ours have it.</summary>
internal static class PortExam
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static async Task<DoctorFinding> LookAsync(int port, HttpMessageHandler http, CancellationToken ct)
    {
        DoctorFinding Finding(DoctorStatus status, string detail, string? remedy) => new("port", $"{port}/tcp", status, "the API", detail, remedy);
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return Finding(DoctorStatus.Ok, "It is free on the loopback address.", null);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return await IsOursAsync(port, http, ct)
                ? Finding(DoctorStatus.Ok, "A host of AICO listens there.", null)
                : Finding(DoctorStatus.Broken, "Another program listens there.", "Stop it, or start \"aico serve\" with another --port.");
        }
        catch (SocketException e)
        {
            return Finding(DoctorStatus.Broken, $"Nobody may listen there: {e.Message}", "Choose another with --port; those below 1024 need a right of their own.");
        }
    }

    private static async Task<bool> IsOursAsync(int port, HttpMessageHandler http, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        try
        {
            using var invoker = new HttpMessageInvoker(http, disposeHandler: false);
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://127.0.0.1:{port}/healthz"));
            using var response = await invoker.SendAsync(request, either.Token);
            return (await response.Content.ReadAsStringAsync(either.Token)).Contains("\"status\"", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            // Whoever it is, it does not speak as a host of ours does.
            return false;
        }
    }
}
