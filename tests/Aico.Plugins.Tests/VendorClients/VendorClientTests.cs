using System.Text.Json.Nodes;
using Aico.Testing.Cartesia;
using Aico.Testing.Deepgram;
using Aico.Testing.ElevenLabs;
using Aico.Testing.Vendors;

namespace Aico.Plugins.Tests.VendorClients;

/// <summary>The fakes as the vendors' own clients and LiveKit's see them: a fake that they cannot talk to is broken.</summary>
public class VendorClientTests
{
    private const string Sentences = "Hello there, my friend. What can I do for you today?";

    [TestCase(false)]
    [TestCase(true)]
    public async Task ElevenLabs_speaks_to_LiveKit(bool writesAsSeen)
    {
        var got = await RunAsync("elevenlabs-livekit.mjs", new FakeElevenLabs { WritesAsSeen = writesAsSeen }, FakeElevenLabs.Key, (vendor, got) =>
            vendor.Requests.Count(request => request.Contains("multi-stream-input")).Should().Be(1, "both answers come over one connection"));

        AssertSpoken(got["socket"]!, Sentences, 16_000);
        AssertSpoken(got["again"]!, "Yes, of course.", 16_000);
        got["http"]!["seconds"]!.GetValue<double>().Should().BeApproximately(12 * 0.06, 0.01);
    }

    [Test]
    public async Task ElevenLabs_answers_its_own_client()
    {
        var got = await RunAsync("elevenlabs-sdk.mjs", new FakeElevenLabs(), FakeElevenLabs.Key);

        got.ToJsonString().Should().Be(
            """{"user":100000,"models":[["eleven_flash_v2_5",true],["eleven_english_sts_v2",false]],"voices":["JBFqnCBsd6RMkjVDRZzb","other-voice"],"voice":"George","stream":34560,"refusal":["ElevenLabsError",401,"invalid_api_key"]}""");
    }

    [Test]
    public async Task Cartesia_speaks_to_LiveKit()
    {
        var got = await RunAsync("cartesia-livekit.mjs", new FakeCartesia(), FakeCartesia.Key, (vendor, got) => vendor.Sockets.Should().Be(1));

        AssertSpoken(got["socket"]!, Sentences, 24_000);
        AssertSpoken(got["again"]!, "Yes, of course.", 24_000);
    }

    [Test]
    public async Task Cartesia_answers_its_own_client()
    {
        var got = await RunAsync("cartesia-sdk.cjs", new FakeCartesia(), FakeCartesia.Key);

        got.ToJsonString().Should().Be(
            """{"voices":["e07c00bc-4134-4eae-9ea4-1a55fb45746b","other-voice"],"bytes":34560,"refusal":["AuthenticationError",401,"unauthorized"]}""");
    }

    [Test]
    public async Task Deepgram_is_heard_by_LiveKit()
    {
        var got = await RunAsync("deepgram-livekit.mjs", new FakeDeepgram(), FakeDeepgram.Key);

        got["nova"]!.ToJsonString().Should().StartWith("""[["START_OF_SPEECH",""],""").And.EndWith("""["FINAL_TRANSCRIPT","ten of clubs"]]""");
        got["flux"]!.ToJsonString().Should().Be("""[["START_OF_SPEECH",""],["INTERIM_TRANSCRIPT","ten of clubs"]]""");
    }

    [Test]
    public async Task Deepgram_answers_its_own_client()
    {
        var got = await RunAsync("deepgram-sdk.mjs", new FakeDeepgram(), FakeDeepgram.Key);

        got["projects"]!.ToJsonString().Should().Be("""["p"]""");
        got["models"]!.ToJsonString().Should().Be("""["nova-3-general"]""");
        got["nova"]!["types"]!.AsArray().Select(type => type!.GetValue<string>()).Should().BeEquivalentTo("Results", "Metadata");
        got["nova"]!["finals"]!.AsArray().Select(text => text!.GetValue<string>()).Should().StartWith("ten of clubs");
        got["flux"]!["types"]!.AsArray().Select(type => type!.GetValue<string>()).Should().BeEquivalentTo("Connected", "TurnInfo");
        got["flux"]!["events"]!.AsArray().Select(type => type!.GetValue<string>()).Should().BeEquivalentTo("StartOfTurn", "Update");
        got["speak"]!.GetValue<int>().Should().Be(34560);
    }

    private static void AssertSpoken(JsonNode got, string text, int rate)
    {
        got["rate"]!.GetValue<int>().Should().Be(rate);
        // 60 ms a character, and a blank more or less after each sentence.
        got["seconds"]!.GetValue<double>().Should().BeApproximately(text.Length * 0.06, 0.2);
        string.Concat(got["words"]!.GetValue<string>().Where(char.IsLetterOrDigit)).Should().Be(string.Concat(text.Where(char.IsLetterOrDigit)));
    }

    private static async Task<JsonObject> RunAsync<T>(string script, T vendor, string key, Action<T, JsonObject>? check = null)
        where T : FakeVendor
    {
        await using (vendor)
        {
            await vendor.StartAsync();
            try
            {
                var got = await VendorClient.RunAsync(script, vendor, key);
                check?.Invoke(vendor, got);
                return got;
            }
            finally
            {
                // It says more than what the client makes of a refusal.
                vendor.Violations.Should().BeEmpty();
            }
        }
    }
}
