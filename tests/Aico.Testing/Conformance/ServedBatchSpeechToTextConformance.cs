using Aico.Abstractions.SpeechToText;

namespace Aico.Testing.Conformance;

/// <summary>What speech-to-text that sends whole utterances to a service must do: the same, with a service that can hold a request.</summary>
public abstract class ServedBatchSpeechToTextConformance : BatchSpeechToTextConformance
{
    /// <summary>Creates one whose service takes every request and answers none.</summary>
    protected abstract IBatchSpeechToText CreateHeld();

    /// <summary>Waits until the service holds the next request.</summary>
    protected abstract Task HeldAsync();

    protected sealed override IBatchSpeechToText CreateBusy() => CreateHeld();

    protected sealed override Task UnderWayAsync(IBatchSpeechToText speech) => Bounded.Within(HeldAsync(), "The request");
}
