using System.Net;
using Aico.Host.LiveKit.Access;
using Aico.Host.LiveKit.Api;
using Aico.Host.LiveKit.Rooms;
using Aico.Host.Time;
using Aico.Testing.Http;
using Settings = Aico.Host.Tests.LiveKit.Access.Settings;

namespace Aico.Host.Tests.LiveKit.Api;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class TwirpClientTests
{
    private readonly VirtualTime _time = new();
    private readonly SocketsHttpHandler _http = new();
    private LocalHttpServer _server = null!;
    private LiveKitSettings _settings = null!;
    private LiveKitApi _api = null!;

    [SetUp]
    public async Task Start()
    {
        _server = await LocalHttpServer.StartAsync();
        _settings = Settings.For(_server.Url);
        _api = new LiveKitApi(_settings, _http, _time);
    }

    [TearDown]
    public async Task Stop()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task Sends_what_the_server_expects_with_no_more_rights_than_it_needs()
    {
        _server.Default = LocalResponse.Text(200, """{"sid":"RM_1","name":"demo","creation_time":"1767225600","num_participants":2}""");

        var room = await _api.Rooms.CreateRoomAsync(
            new CreateRoomRequest { Name = "demo", EmptyTimeout = 60, Agents = [new RoomAgentDispatch { AgentName = "aico" }] }, CancellationToken.None);

        room.Should().BeEquivalentTo(new { Sid = "RM_1", Name = "demo", CreationTime = 1767225600, NumParticipants = 2 });
        var request = _server.Requests.Single();
        request.Should().BeEquivalentTo(new { Method = "POST", PathAndQuery = "/twirp/livekit.RoomService/CreateRoom" });
        request.Headers["Content-Type"].Should().Be("application/json");
        request.Body.Should().Be("""{"name":"demo","emptyTimeout":60,"agents":[{"agentName":"aico"}]}""");
        (await GrantsAsync(request)).Video.Should().Be(new VideoGrant { RoomCreate = true });
    }

    [TestCase("""{"participants":[{"identity":"me","state":"ACTIVE","kind":"AGENT","joined_at":"5","attributes":{"lk.agent_name":"x"},"tracks":[{"sid":"TR_1","type":"AUDIO","source":"MICROPHONE"}]}]}""")]
    [TestCase("""{"participants":[{"identity":"me","state":2,"kind":4,"joinedAt":5,"attributes":{"lk.agent_name":"x"},"tracks":[{"sid":"TR_1","type":0,"source":2}],"new_field":null}]}""")]
    public async Task Reads_both_spellings_and_leaves_the_keys_of_maps_alone(string answer)
    {
        _server.Default = LocalResponse.Text(200, answer);

        var participant = (await _api.Rooms.ListParticipantsAsync("demo", CancellationToken.None)).Single();

        participant.Should().BeEquivalentTo(new { Identity = "me", State = ParticipantState.Active, Kind = ParticipantKind.Agent, JoinedAt = 5 });
        participant.Attributes.Should().ContainKey("lk.agent_name");
        participant.Tracks.Single().Source.Should().Be(TrackSource.Microphone);
    }

    [Test]
    public async Task Takes_a_value_of_a_newer_server_for_none()
    {
        _server.Default = LocalResponse.Text(200, """{"identity":"me","state":"HOVERING","kind":77}""");

        var participant = await _api.Rooms.GetParticipantAsync("demo", "me", CancellationToken.None);

        participant.Should().BeEquivalentTo(new { State = ParticipantState.Joining, Kind = ParticipantKind.Standard });
    }

    [Test]
    public async Task Tells_a_refusal_with_its_code_and_what_the_telephone_said()
    {
        _server.Default = LocalResponse.Text(503, """{"code":"unavailable","msg":"busy","meta":{"sip_status_code":"486","sip_status":"Busy here"}}""");
        var transfer = new TransferSipParticipantRequest { RoomName = "demo", ParticipantIdentity = "sip_1", TransferTo = "tel:+491" };

        var act = () => _api.Sip.TransferParticipantAsync(transfer, CancellationToken.None);

        var error = (await act.Should().ThrowAsync<TwirpException>()).Which;
        error.Should().BeEquivalentTo(new { Code = "unavailable", SipStatusCode = 486, Status = HttpStatusCode.ServiceUnavailable });
        error.Message.Should().Be("SIP/TransferSIPParticipant: busy (unavailable)");
        var grants = await GrantsAsync(_server.Requests.Single());
        grants.Sip.Should().Be(new SipGrant { Call = true });
        grants.Video.Should().Be(new VideoGrant { RoomAdmin = true, Room = "demo" });
    }

    [TestCase(401, "unauthenticated")]
    [TestCase(502, "unavailable")]
    [TestCase(302, "unknown")]
    public async Task Tells_what_something_before_the_server_answered(int status, string code)
    {
        _server.Default = LocalResponse.Text(status, "<html>no</html>", "text/html");

        var act = () => _api.Rooms.DeleteRoomAsync("demo", CancellationToken.None);

        (await act.Should().ThrowAsync<TwirpException>()).Which.Code.Should().Be(code);
    }

    [Test]
    public async Task Tells_an_answer_that_is_none()
    {
        _server.Default = LocalResponse.Text(200, "<html>hello</html>", "text/html");

        var act = () => _api.Rooms.ListRoomsAsync([], CancellationToken.None);

        (await act.Should().ThrowAsync<TwirpException>()).Which.Code.Should().Be("malformed");
    }

    [Test]
    public async Task Tells_that_nobody_is_there()
    {
        await _server.DisposeAsync();

        var act = () => _api.Rooms.ListRoomsAsync([], CancellationToken.None);

        (await act.Should().ThrowAsync<TwirpException>()).Which.Code.Should().Be("unavailable");
    }

    [Test]
    public async Task Gives_up_after_ten_seconds()
    {
        _server.Default = LocalResponse.Text(200, """{"rooms":""") with { End = LocalResponseEnd.Stall };
        var asking = _api.Rooms.ListRoomsAsync([], CancellationToken.None);
        await _server.Stalled;
        _time.Advance(TimeSpan.FromSeconds(9.9));
        asking.IsCompleted.Should().BeFalse();

        _time.Advance(TimeSpan.FromSeconds(0.2));

        var act = () => asking;
        (await act.Should().ThrowAsync<TwirpException>()).Which.Code.Should().Be("deadline_exceeded");
    }

    [Test]
    public async Task Waits_for_a_person_as_long_as_it_rings()
    {
        _server.Default = LocalResponse.Text(200, """{"participant_id":"PA_1",""") with { End = LocalResponseEnd.Stall };
        var call = new CreateSipParticipantRequest
        {
            SipTrunkId = "ST_1",
            SipCallTo = "+491",
            RoomName = "demo",
            WaitUntilAnswered = true,
            RingingTimeout = TimeSpan.FromSeconds(45.5),
        };
        var asking = _api.Sip.CreateParticipantAsync(call, CancellationToken.None);
        await _server.Stalled;
        _time.Advance(TimeSpan.FromSeconds(55));
        asking.IsCompleted.Should().BeFalse();
        _server.Requests.Single().Body.Should().Contain("\"ringingTimeout\":\"45.5s\"");

        _time.Advance(TimeSpan.FromSeconds(1));

        var act = () => asking;
        await act.Should().ThrowAsync<TwirpException>();
    }

    [Test]
    public async Task Is_cancelled_as_cancelled()
    {
        _server.Default = LocalResponse.Text(200, "{") with { End = LocalResponseEnd.Stall };
        using var cancellation = new CancellationTokenSource();
        var asking = _api.Rooms.ListRoomsAsync([], cancellation.Token);
        await _server.Stalled;

        await cancellation.CancelAsync();

        var act = () => asking;
        await act.Should().ThrowAsync<OperationCanceledException>();
    }

    private async Task<TokenClaims> GrantsAsync(LocalRequest request)
    {
        var check = await new TokenVerifier(_settings, _time).VerifyAsync(request.Headers["Authorization"]["Bearer ".Length..]);
        return check.Claims!;
    }
}
