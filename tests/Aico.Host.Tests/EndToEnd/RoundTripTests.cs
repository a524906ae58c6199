using System.Text.Json.Nodes;
using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.SpeechToText;
using Aico.Abstractions.TextToSpeech;
using Aico.Host.Calls;
using Aico.Host.Cli.Bench;
using Aico.Host.Providers;
using Aico.Testing;

namespace Aico.Host.Tests.EndToEnd;

/// <summary>What the built-in voice says, the built-in ears understand.</summary>
public class RoundTripTests
{
    private static readonly string[] Sentences =
    [
        "The weather will be sunny with a light wind from the west.",
        "Please hold the line while I look that up for you.",
        "Your appointment is on Tuesday at half past nine in the morning.",
        "I am sorry, but that table is already taken.",
        "Would you like a window seat or a place near the door?",
        "The next train to the city leaves in twelve minutes.",
        "You can call us again at any time of the day.",
        "We have sent the bill to your home address.",
        "There are three messages waiting for you.",
        "My colleague will bring you a fresh cup of coffee.",
        "The museum opens at ten and closes at six.",
        "Turn left at the church and walk along the river.",
        "Your order will arrive before the end of the week.",
        "The doctor can see you tomorrow afternoon.",
        "This room has a large bed and a view of the mountains.",
        "Thank you very much for your patience.",
        "The price includes breakfast and a newspaper.",
        "I will send you a short message with the details.",
        "Please tell me the name of the street where you live.",
        "Have a good evening and a safe journey home.",
    ];

    [Test]
    public async Task Reads_back_what_was_spoken()
    {
        await using var host = BuiltHost.Open();
        var voice = (ITextToSpeech)Create(host, "flite");
        var ears = (IBatchSpeechToText)Create(host, "moonshine");
        var rate = default(WordErrorRate);

        foreach (var sentence in Sentences)
        {
            var heard = await ears.TranscribeAsync(await SpeakAsync(voice, sentence), new SpeechToTextRequest(AudioFormat.Speech, CallIdentity.None), CancellationToken.None);
            rate += WordErrorRate.Between(sentence, heard.Text);
        }

        TestContext.Out.WriteLine(rate);
        rate.Rate.Should().BeLessThanOrEqualTo(0.10, "it was {0}", rate);
        (ears as IDisposable)?.Dispose();
    }

    private static object Create(AicoHost host, string key) =>
        host.Providers.Create(host.Catalog.Find(key)!, new JsonObject(), new Dictionary<string, Secret>());

    private static async Task<AudioFrame> SpeakAsync(ITextToSpeech voice, string sentence)
    {
        await using var session = await voice.OpenAsync(new TextToSpeechRequest(CallIdentity.None), CancellationToken.None);
        await session.SendAsync(sentence, CancellationToken.None);
        await session.CompleteAsync(CancellationToken.None);
        var samples = new List<short>();
        await foreach (var chunk in session.ReadAsync(CancellationToken.None))
        {
            chunk.Audio.Format.Should().Be(AudioFormat.Speech);
            samples.AddRange(chunk.Audio.Samples.ToArray());
        }

        return new AudioFrame(AudioFormat.Speech, samples.ToArray(), TimeSpan.Zero);
    }
}
