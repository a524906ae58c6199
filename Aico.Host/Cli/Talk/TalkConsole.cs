using Aico.Host.Calls;
using Aico.Host.Calls.Agents;
using Aico.Host.Cli.Agents;

namespace Aico.Host.Cli.Talk;

/// <summary>Shows a conversation while it happens: the transcript on one writer, all else on the other.</summary>
internal sealed class TalkConsole(TextWriter output, TextWriter notes, bool json, bool verbose, bool chat) : ICallObserver
{
    private bool _answering;

    public void On(CallEvent callEvent)
    {
        if (verbose)
        {
            notes.WriteLine($"{TranscriptText.Clock(callEvent.At)} {TranscriptText.Printable(callEvent.ToString())}");
        }

        switch (callEvent)
        {
            case StageFailed failed:
                notes.WriteLine($"{failed.Stage} failed ({failed.Provider}): {TranscriptText.Printable(failed.Message)}");
                break;
            case TokenReceived token when chat && !json:
                output.Write(_answering ? "" : "agent: ");
                output.Write(TranscriptText.Printable(token.Text));
                output.Flush();
                _answering = true;
                break;
            case TurnCompleted completed when !json:
                Complete(completed.Turn);
                break;
        }
    }

    public void Begin(TalkPlan plan)
    {
        foreach (var warning in plan.Warnings)
        {
            notes.WriteLine($"note: {warning}");
        }

        if (json)
        {
            return;
        }

        var parts = new[]
        {
            ("hears", plan.SpeechToText?.Key), ("voice activity", plan.HasAudio ? plan.VoiceActivity?.Key ?? AgentPlanner.EnergyDetector : null),
            ("thinks", plan.LanguageModel.Key), ("speaks", plan.TextToSpeech?.Key),
        };
        output.WriteLine($"providers: {string.Join(", ", parts.Where(part => part.Item2 is not null).Select(part => $"{part.Item1} {part.Item2}"))}");
    }

    public void End(TalkResult result)
    {
        if (json)
        {
            output.WriteLine(TalkJson.Write(result));
            return;
        }

        foreach (var (name, path) in new[] { ("recording", result.Out), ("timeline", result.Timeline) })
        {
            if (path is not null)
            {
                output.WriteLine($"{name}: {path}");
            }
        }
    }

    private void Complete(TurnRecord turn)
    {
        if (!chat)
        {
            output.Write(TranscriptText.Of(turn));
        }
        else if (_answering)
        {
            output.WriteLine();
            output.WriteLine($"       ({TranscriptText.Latency(turn)})");
        }
        else
        {
            output.WriteLine($"agent: {(turn.AgentText.Length > 0 ? TranscriptText.Printable(turn.AgentText) : "(nothing to say)")}");
        }

        _answering = false;
        output.Flush();
    }
}
