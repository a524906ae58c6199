using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aico.Host.Cli.Talk;

namespace Aico.Host.Tests.Cli.Talk;

public class TimelinePageTests
{
    [Test]
    public void Keeps_what_the_caller_said_words_and_never_markup()
    {
        var page = Write(SampleCall.Result(SampleCall.HostileText), []);

        page.Should().NotContain("<script>alert");
        Regex.Count(page, "</script>").Should().Be(3, "the page has three script elements of its own and no text may end one");
        var call = CallOf(page);
        call.GetProperty("turns")[1].GetProperty("caller").GetProperty("text").GetString().Should().Be(SampleCall.HostileText);
    }

    [Test]
    public void Loads_nothing_from_anywhere()
    {
        var page = Write(SampleCall.Result(), []);

        Regex.IsMatch(page, @"(src|href)\s*=|@import|url\(|https?://", RegexOptions.IgnoreCase).Should().BeFalse();
        page.Should().Contain("default-src 'none'");
    }

    [Test]
    public void Holds_the_audio_whole()
    {
        var wav = new byte[200_001];
        new Random(1).NextBytes(wav);

        var page = Write(SampleCall.Result(), wav);

        var audio = Regex.Match(page, "data:audio/wav;base64,([^<]*)<").Groups[1].Value;
        Convert.FromBase64String(audio).Should().Equal(wav);
    }

    [Test]
    public void Holds_every_event_but_the_ones_that_the_turns_stand_for()
    {
        var page = Write(SampleCall.Result(), Wav(SampleCall.Audio()));

        var types = CallOf(page).GetProperty("events").EnumerateArray().Select(e => e.GetProperty("type").GetString()).ToHashSet();
        types.Should().Contain(["voiceStarted", "voiceEnded", "callerTextChanged", "turnDecided", "replyStarted", "replyDiscarded", "tokenReceived"]);
        types.Should().Contain(["sentenceReady", "speechSynthesized", "playbackStarted", "playbackPaused", "playbackResumed", "playbackEnded"]);
        types.Should().Contain(["toolCalled", "stageFailed"]).And.NotContain("turnCompleted");

        // For a look at it: the page of a made-up call lies beside the test's output.
        File.WriteAllText(Path.Combine(TestContext.CurrentContext.WorkDirectory, "timeline-sample.html"), page);
    }

    private static string Write(TalkResult result, ReadOnlySpan<byte> wav)
    {
        var page = new StringWriter();
        TimelinePage.Write(result, wav, page);
        return page.ToString();
    }

    private static JsonElement CallOf(string page)
    {
        var json = Regex.Match(page, "<script id=\"call\" type=\"application/json\">(.*?)</script>", RegexOptions.Singleline).Groups[1].Value;
        return JsonDocument.Parse(json).RootElement;
    }

    private static byte[] Wav(short[] samples)
    {
        var bytes = new byte[44 + samples.Length * 2];
        var header = bytes.AsSpan();
        Encoding.ASCII.GetBytes("RIFF", header);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], bytes.Length - 8);
        Encoding.ASCII.GetBytes("WAVEfmt ", header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(header[22..], 2);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], 16_000);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], 64_000);
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], 4);
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], 16);
        Encoding.ASCII.GetBytes("data", header[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[40..], samples.Length * 2);
        for (var i = 0; i < samples.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(header[(44 + i * 2)..], samples[i]);
        }

        return bytes;
    }
}
