using Aico.Abstractions;
using Aico.Abstractions.TextToSpeech;
using Aico.Plugins.Flite;
using Aico.Testing;

namespace Aico.Plugins.Tests.Flite;

public class FliteTextToSpeechTests
{
    [Test]
    public async Task Gives_each_word_with_its_audio()
    {
        using var context = new TestProviderContext();
        var speech = new FliteTextToSpeech(new FliteSettings(), context);

        await using var session = await speech.OpenAsync(new TextToSpeechRequest(CallIdentity.None), default);
        await session.SendAsync("Hello there, my friend.", default);
        await session.CompleteAsync(default);
        var words = new List<string?>();
        await foreach (var chunk in session.ReadAsync(default))
        {
            words.Add(chunk.SpokenText);
        }

        words.Where(word => word != "").Should().Equal("Hello ", "there, ", "my ", "friend.");
    }
}
