using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.LiveKit.Access;
using Aico.Host.LiveKit.Api;
using Aico.Host.Time;
using Aico.Testing.LiveKit;

namespace Aico.Host.Tests.LiveKit.Api;

/// <summary>The API and the tokens against the test server, which checks them with code of its own.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ApiServerTests
{
    private readonly SocketsHttpHandler _http = new();
    private LiveKitTestServer _server = null!;
    private LiveKitSettings _settings = null!;
    private LiveKitApi _api = null!;

    [SetUp]
    public async Task Start()
    {
        _server = await LiveKitTestServer.StartAsync();
        _settings = new LiveKitSettings { Url = _server.Url, Key = _server.Tokens.Key, Secret = new Secret(_server.Tokens.Secret) };
        _api = new LiveKitApi(_settings, _http, TimeProvider.System);
    }

    [TearDown]
    public async Task Stop()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task Makes_lists_changes_and_deletes_rooms()
    {
        var made = await _api.Rooms.CreateRoomAsync(new CreateRoomRequest { Name = "demo", EmptyTimeout = 60, Metadata = "first" }, CancellationToken.None);
        var changed = await _api.Rooms.UpdateRoomMetadataAsync("demo", "second", CancellationToken.None);
        var listed = await _api.Rooms.ListRoomsAsync(["demo"], CancellationToken.None);
        await _api.Rooms.SendDataAsync(new SendDataRequest { Room = "demo", Data = [1, 2], Topic = "t" }, CancellationToken.None);
        (await _api.Rooms.ListParticipantsAsync("demo", CancellationToken.None)).Should().BeEmpty();
        await _api.Rooms.DeleteRoomAsync("demo", CancellationToken.None);

        made.Should().BeEquivalentTo(new { Name = "demo", EmptyTimeout = 60, Metadata = "first" });
        made.Sid.Should().StartWith("RM_");
        made.CreationTime.Should().BePositive();
        changed.Metadata.Should().Be("second");
        listed.Should().ContainSingle().Which.Metadata.Should().Be("second");
        (await _api.Rooms.ListRoomsAsync([], CancellationToken.None)).Should().BeEmpty();
    }

    [Test]
    public async Task Says_not_found_for_what_is_not_there()
    {
        await _api.Rooms.CreateRoomAsync(new CreateRoomRequest { Name = "demo" }, CancellationToken.None);

        await NotFoundAsync(() => _api.Rooms.DeleteRoomAsync("nowhere", CancellationToken.None));
        await NotFoundAsync(() => _api.Rooms.GetParticipantAsync("demo", "nobody", CancellationToken.None));
        await NotFoundAsync(() => _api.Rooms.RemoveParticipantAsync("demo", "nobody", CancellationToken.None));
        await NotFoundAsync(() => _api.Rooms.UpdateParticipantAsync(
            new UpdateParticipantRequest { Room = "demo", Identity = "nobody", Attributes = new Dictionary<string, string> { ["a"] = "1" } }, CancellationToken.None));
    }

    [Test]
    public async Task Passes_calls_on_and_tells_what_the_telephone_said()
    {
        await _api.Rooms.CreateRoomAsync(new CreateRoomRequest { Name = "demo" }, CancellationToken.None);
        var call = new CreateSipParticipantRequest { SipTrunkId = "ST_1", SipCallTo = "+491", RoomName = "demo", ParticipantIdentity = "sip_1" };

        (await _api.Sip.CreateParticipantAsync(call, CancellationToken.None)).RoomName.Should().Be("demo");
        await _server.PostAsync("rules", new JsonObject
        {
            ["at"] = "twirp",
            ["what"] = "SIP/TransferSIPParticipant",
            ["status"] = 503,
            ["code"] = "unavailable",
            ["meta"] = new JsonObject { ["sip_status_code"] = "486" },
        });
        var act = () => _api.Sip.TransferParticipantAsync(
            new TransferSipParticipantRequest { RoomName = "demo", ParticipantIdentity = "sip_1", TransferTo = "tel:+492" }, CancellationToken.None);

        (await act.Should().ThrowAsync<TwirpException>()).Which.SipStatusCode.Should().Be(486);
    }

    [TestCase(-3, true)]
    [TestCase(-9, false)]
    public async Task Has_tokens_that_the_server_takes_until_they_expire(int hoursAgo, bool isTaken)
    {
        var issuer = new TokenIssuer(_settings, new Past(TimeSpan.FromHours(hoursAgo)));
        var token = issuer.Issue(new TokenClaims { Identity = "me", Video = new VideoGrant { RoomJoin = true, Room = "demo" } });

        (await ValidateAsync(token)).Should().Be(isTaken);
    }

    [Test]
    public async Task Has_tokens_that_a_server_with_another_secret_refuses()
    {
        var foreign = new TokenIssuer(_settings with { Secret = new Secret("another-secret-of-thirty-two-characters") }, TimeProvider.System);

        (await ValidateAsync(foreign.Issue(new TokenClaims { Identity = "me", Video = new VideoGrant { RoomJoin = true, Room = "demo" } }))).Should().BeFalse();
    }

    private static async Task NotFoundAsync(Func<Task> act) => (await act.Should().ThrowAsync<TwirpException>()).Which.IsNotFound.Should().BeTrue();

    private async Task<bool> ValidateAsync(string token)
    {
        using var http = new HttpMessageInvoker(_http, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_settings.HttpUrl, "rtc/validate"));
        request.Headers.Add("Authorization", "Bearer " + token);
        using var response = await http.SendAsync(request, CancellationToken.None);
        return response.IsSuccessStatusCode;
    }

    private sealed class Past(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
