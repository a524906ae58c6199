using Aico.Abstractions.SpeechToText;

namespace Aico.Testing.Conformance;

/// <summary>What speech-to-text that asks a service must do besides.</summary>
public abstract class ServedSpeechToTextConformance : SpeechToTextConformance
{
    /// <summary>Creates one whose service takes every request and answers none.</summary>
    protected abstract ISpeechToText CreateHeld();

    /// <summary>Waits until the service holds the next request.</summary>
    protected abstract Task HeldAsync();

    [Test]
    public async Task Gives_up_opening_within_100_ms()
    {
        var speech = CreateHeld();
        await Promptness.HoldAsync("Opening a session", async attempt =>
        {
            using var cancel = new CancellationTokenSource();
            var opening = speech.OpenAsync(Request, cancel.Token).AsTask();
            await Bounded.Within(HeldAsync(), "The request");

            await attempt.CancelAsync(cancel, opening);
        });
    }
}
