using Aico.Abstractions.TextToSpeech;

namespace Aico.Testing.Conformance;

/// <summary>What text-to-speech that asks a service must do besides.</summary>
/// <remarks>Some ask it on opening, some with the first sentence: either is given up.</remarks>
public abstract class ServedTextToSpeechConformance : TextToSpeechConformance
{
    /// <summary>Creates one whose service takes every request and answers none.</summary>
    protected abstract ITextToSpeech CreateHeld();

    /// <summary>Waits until the service holds the next request.</summary>
    protected abstract Task HeldAsync();

    [Test]
    public async Task Gives_up_a_request_that_its_service_holds_within_100_ms()
    {
        var speech = CreateHeld();
        await Promptness.HoldAsync("Speech that the service holds back", async attempt =>
        {
            using var cancel = new CancellationTokenSource();
            var asking = AskAsync(speech, cancel.Token);
            await Bounded.Within(HeldAsync(), "The request");

            await attempt.CancelAsync(cancel, asking);
        });
    }

    private async Task AskAsync(ITextToSpeech speech, CancellationToken ct)
    {
        await using var session = await speech.OpenAsync(Request, ct);
        await session.SendAsync(Sample, ct);
        await session.FlushAsync(ct);
        await Spoken.ReadAsync(session, ct);
    }
}
