using System.Net;
using System.Net.Sockets;
using Aico.Host.Cli;
using Aico.Host.Cli.Doctor;
using Aico.Testing.Http;

namespace Aico.Host.Tests.Cli.Doctor;

public class PortExamTests
{
    private readonly SocketsHttpHandler _http = new();

    [OneTimeTearDown]
    public void End() => _http.Dispose();

    [Test]
    public async Task A_free_port_is_well()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        (await LookAsync(port)).Status.Should().Be(DoctorStatus.Ok);
    }

    [Test]
    public async Task One_that_another_program_has_is_a_fault()
    {
        await using var other = await LocalHttpServer.StartAsync();

        var finding = await LookAsync(new Uri(other.Url).Port);

        finding.Status.Should().Be(DoctorStatus.Broken);
        finding.Remedy.Should().Contain("--port");
    }

    [Test]
    public async Task One_that_a_host_of_ours_has_is_well()
    {
        await using var host = await LocalHttpServer.StartAsync();
        host.Default = LocalResponse.Text(200, """{"status":"ok"}""");

        var finding = await LookAsync(new Uri(host.Url).Port);

        finding.Status.Should().Be(DoctorStatus.Ok);
        finding.Detail.Should().Contain("AICO");
        host.Requests.Should().ContainSingle().Which.PathAndQuery.Should().Be("/healthz");
    }

    private Task<DoctorFinding> LookAsync(int port) => PortExam.LookAsync(port, _http, default);
}
