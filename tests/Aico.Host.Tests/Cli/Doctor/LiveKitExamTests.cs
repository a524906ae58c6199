using System.Globalization;
using Aico.Host.Cli;
using Aico.Host.Cli.Doctor;
using Aico.Testing.Http;

namespace Aico.Host.Tests.Cli.Doctor;

public class LiveKitExamTests
{
    private const string LongSecret = "a-secret-of-more-than-thirty-two-characters";

    private readonly SocketsHttpHandler _http = new();
    private LocalHttpServer _server = null!;

    [SetUp]
    public async Task Begin() => _server = await LocalHttpServer.StartAsync();

    [TearDown]
    public async Task End() => await _server.DisposeAsync();

    [OneTimeTearDown]
    public void EndAll() => _http.Dispose();

    [Test]
    public async Task A_server_that_answers_takes_the_key_and_has_the_same_time_is_well()
    {
        Answers(TimeSpan.Zero, LocalResponse.Text(200, """{"rooms":[]}"""));

        var findings = await LookAsync();

        findings.Select(finding => (finding.Area, finding.Status, finding.Remedy)).Should().Equal(
            ("livekit", DoctorStatus.Ok, null), ("clock", DoctorStatus.Ok, null), ("livekit", DoctorStatus.Ok, null));
        _server.Requests.Select(request => request.PathAndQuery).Should().Equal("/", "/twirp/livekit.RoomService/ListRooms");
    }

    [TestCase(-30, DoctorStatus.Warning, "ahead of")]
    [TestCase(30, DoctorStatus.Warning, "behind")]
    [TestCase(-120, DoctorStatus.Broken, "ahead of")]
    [TestCase(3600, DoctorStatus.Broken, "behind")]
    public async Task A_clock_that_differs_from_the_servers_is_told_of(int seconds, object status, string direction)
    {
        Answers(TimeSpan.FromSeconds(seconds), LocalResponse.Text(200, """{"rooms":[]}"""));

        var clock = (await LookAsync()).Single(finding => finding.Area == "clock");

        clock.Status.Should().Be((DoctorStatus)status);
        clock.Detail.Should().Contain(direction);
        clock.Remedy.Should().NotBeNull();
    }

    [Test]
    public async Task A_server_that_refuses_the_key_is_a_fault()
    {
        Answers(TimeSpan.Zero, LocalResponse.Text(401, """{"code":"unauthenticated","msg":"invalid token"}"""));

        var finding = (await LookAsync())[^1];

        finding.Status.Should().Be(DoctorStatus.Broken);
        finding.Remedy.Should().Contain("LIVEKIT_API_SECRET");
        $"{finding}".Should().NotContain(LongSecret);
    }

    [Test]
    public async Task An_address_that_leads_to_another_server_is_a_fault()
    {
        Answers(TimeSpan.Zero, LocalResponse.Text(404, "nothing here", "text/plain"));

        (await LookAsync())[^1].Status.Should().Be(DoctorStatus.Broken);
    }

    [Test]
    public async Task A_short_secret_is_told_of()
    {
        Answers(TimeSpan.Zero, LocalResponse.Text(200, """{"rooms":[]}"""));

        (await LookAsync(secret: "secret"))[^1].Status.Should().Be(DoctorStatus.Warning);
    }

    [Test]
    public async Task A_server_that_is_not_there_is_a_fault_and_nothing_more_is_asked()
    {
        var url = _server.Url;
        await _server.DisposeAsync();

        var finding = (await LookAsync(url)).Should().ContainSingle().Subject;

        finding.Status.Should().Be(DoctorStatus.Broken);
        finding.Remedy.Should().Contain("LIVEKIT_URL");
    }

    [Test]
    public async Task No_server_is_missing_and_half_a_one_is_a_fault()
    {
        var none = await LiveKitExam.LookAsync(new Dictionary<string, string>(), _http, TimeProvider.System, default);
        var half = await LiveKitExam.LookAsync(new Dictionary<string, string> { ["LIVEKIT_URL"] = "ws://localhost" }, _http, TimeProvider.System, default);

        none.Should().ContainSingle().Which.Status.Should().Be(DoctorStatus.Missing);
        half.Should().ContainSingle().Which.Status.Should().Be(DoctorStatus.Broken);
    }

    private void Answers(TimeSpan ahead, LocalResponse rooms)
    {
        _server.Enqueue(LocalResponse.Text(200, "OK", "text/plain") with
        {
            Headers = new Dictionary<string, string> { ["Date"] = (TimeProvider.System.GetUtcNow() + ahead).ToString("r", CultureInfo.InvariantCulture) },
        });
        _server.Enqueue(rooms);
    }

    private Task<IReadOnlyList<DoctorFinding>> LookAsync(string? url = null, string secret = LongSecret) => LiveKitExam.LookAsync(
        new Dictionary<string, string> { ["LIVEKIT_URL"] = url ?? _server.Url, ["LIVEKIT_API_KEY"] = "devkey", ["LIVEKIT_API_SECRET"] = secret }, _http, TimeProvider.System, default);
}
