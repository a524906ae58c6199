using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.SpeechToText;
using Aico.Plugins.Vosk;
using Aico.Testing;
using Aico.Testing.Conformance;
using Aico.Testing.Vendors;
using Aico.Testing.Vosk;

namespace Aico.Plugins.Tests.Vosk;

public class VoskSpeechToTextTests
{
    private static readonly SpeechToTextRequest Request = new(AudioFormat.Speech, CallIdentity.None);

    private TestProviderContext _context = null!;
    private FakeVosk _server = null!;

    private VoskSettings Settings => new() { Port = new Uri(_server.Url).Port };

    [SetUp]
    public async Task StartServerAsync()
    {
        _context = new TestProviderContext();
        _server = new FakeVosk();
        await _server.StartAsync();
    }

    [TearDown]
    public async Task StopServerAsync()
    {
        _context.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task Sends_its_configuration_first_and_the_end_letter_by_letter()
    {
        await HearAsync(Settings with { Phrases = ["yes", "[unk]"], Model = "small" });

        _server.Messages.Should().Equal(
            """{"config":{"sample_rate":16000,"words":true,"max_alternatives":0,"phrase_list":["yes","[unk]"],"model":"small"}}""",
            """{"eof" : 1}""");
        _server.Violations.Should().BeEmpty();
    }

    [Test]
    public async Task Gives_words_on_the_clock_of_the_call()
    {
        var events = await HearAsync(Settings);

        events[0].Should().Be(new InterimTranscript(TimeSpan.FromSeconds(5.1), "ten of"));
        var final = events.OfType<FinalTranscript>().Should().ContainSingle().Subject;
        final.Transcript.Words.Should().Equal(
            new TranscriptWord("ten", TimeSpan.FromSeconds(5.1), TimeSpan.FromSeconds(5.3)),
            new TranscriptWord("of", TimeSpan.FromSeconds(5.3), TimeSpan.FromSeconds(5.5)),
            new TranscriptWord("clubs", TimeSpan.FromSeconds(5.5), TimeSpan.FromSeconds(5.9)));
        events[^1].Should().BeOfType<SpeechEnded>();
    }

    [Test]
    public async Task Waits_for_replies_before_it_sends_more_than_a_second()
    {
        var received = 0;
        var full = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        _server.Listen = async socket =>
        {
            await socket.ReceiveAsync();
            for (; received < 10; received++)
            {
                await socket.ReceiveAsync();
            }

            full.SetResult();
            var next = socket.ReceiveAsync();
            next.IsCompleted.Should().BeFalse();
            await answer.Task;
            await socket.SayAsync("""{"partial" : ""}""");
            await next;
            received++;
            await socket.CloseAsync(1011);
        };
        await using var session = await Listener(Settings).OpenAsync(Request, default);
        await session.SendAsync(new AudioFrame(AudioFormat.Speech, new short[32_000], TimeSpan.Zero), default);
        await Bounded.Within(full.Task, "Ten messages");
        answer.SetResult();

        var read = () => session.ReadAsync(default).ToListAsync().AsTask();
        await Bounded.Within(read.Should().ThrowAsync<ProviderException>(), "The close");
        received.Should().Be(11);
    }

    [Test]
    public async Task Reads_the_best_of_several_alternatives()
    {
        var events = await HearAsync(Settings, """{"alternatives" : [{"confidence" : 231.5, "text" : "ten"}, {"confidence" : 2.0, "text" : "tin"}]}""");

        events.OfType<FinalTranscript>().Should().ContainSingle().Which.Transcript.Should().BeEquivalentTo(new Transcript("ten"));
    }

    [Test]
    public async Task Leaves_the_configuration_out_for_the_server_in_C()
    {
        await HearAsync(Settings with { SendConfiguration = false });

        _server.Messages.Should().Equal("""{"eof" : 1}""");
    }

    [TestCase("no JSON")]
    [TestCase("""{"text" : 7}""")]
    [TestCase("""{"alternatives" : []}""")]
    public async Task Takes_garbage_for_a_broken_protocol(string reply)
    {
        var hear = () => HearAsync(Settings, reply);

        (await hear.Should().ThrowAsync<ProviderException>()).Which.Failure.Should().Be(ProviderFailure.ProtocolError);
    }

    [Test]
    public async Task Says_that_a_server_is_not_there()
    {
        var probe = () => Listener(Settings with { Port = 1 }).ProbeAsync(default).AsTask();

        (await probe.Should().ThrowAsync<ProviderException>()).Which.Failure.Should().Be(ProviderFailure.Unavailable);
    }

    [Test]
    public async Task Refuses_a_host_that_is_none()
    {
        var probe = () => Listener(Settings with { Host = "ws://127.0.0.1" }).ProbeAsync(default).AsTask();

        (await probe.Should().ThrowAsync<ProviderException>()).Which.Failure.Should().Be(ProviderFailure.InvalidRequest);
    }

    [Test]
    public async Task Tests_a_server_without_audio()
    {
        (await Listener(Settings).ProbeAsync(default)).Warnings.Should().BeEmpty();

        _server.Audio.Should().BeEmpty();
    }

    private VoskSpeechToText Listener(VoskSettings settings) => new(settings, _context);

    /// <summary>What is heard of 200 ms of noise, five seconds into a call.</summary>
    private async Task<List<TranscriptEvent>> HearAsync(VoskSettings settings, params string[] replies)
    {
        _server.Listen = replies.Length == 0 ? null : async (FakeSocket socket) =>
        {
            await socket.ReceiveAsync();
            foreach (var reply in replies)
            {
                await socket.SayInPiecesAsync(reply, 5);
            }

            while (await socket.ReceiveAsync() is (false, _))
            {
            }

            await socket.CloseAsync(1000);
        };
        await using var session = await Listener(settings).OpenAsync(Request, default);
        var noise = Enumerable.Range(0, 3200).Select(i => (short)(i % 2 == 0 ? 9000 : -9000)).ToArray();
        await session.SendAsync(new AudioFrame(AudioFormat.Speech, noise, TimeSpan.FromSeconds(5)), default);
        await session.CompleteAsync(default);
        return await Bounded.Within(session.ReadAsync(default).ToListAsync().AsTask(), "Hearing");
    }
}
