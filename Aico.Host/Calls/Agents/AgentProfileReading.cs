using Aico.Host.Calls.Rooms;
using Aico.Host.Calls.TurnTaking;
using Aico.Host.Organizations.Agents;

namespace Aico.Host.Calls.Agents;

/// <summary>Lays an organization's profile of an agent over the host's own settings.</summary>
internal static class AgentProfileReading
{
    public static AgentSettings Over(this AgentProfile profile, AgentSettings settings) => settings with
    {
        Instructions = profile.Instructions ?? settings.Instructions,
        Greeting = profile.Greeting ?? settings.Greeting,
        GreetingIsInterruptible = profile.GreetingIsInterruptible ?? settings.GreetingIsInterruptible,
        Language = profile.Language ?? settings.Language,
        Voice = profile.Voice ?? settings.Voice,
        Endpointing = Endpointing(profile.Endpointing, settings.Endpointing),
        Interruption = settings.Interruption with
        {
            Enabled = profile.Interruption.Enabled ?? settings.Interruption.Enabled,
            MinimumDuration = profile.Interruption.MinimumDuration ?? settings.Interruption.MinimumDuration,
            MinimumWords = profile.Interruption.MinimumWords ?? settings.Interruption.MinimumWords,
            FalseInterruptionTimeout = profile.Interruption.FalseInterruptionTimeout ?? settings.Interruption.FalseInterruptionTimeout,
            Backchannels = profile.Interruption.Backchannels ?? settings.Interruption.Backchannels,
        },
        Preemptive = profile.PreemptiveGeneration is { } enabled ? settings.Preemptive with { Enabled = enabled } : settings.Preemptive,
        Speaking = settings.Speaking with
        {
            Replacements = profile.Replacements ?? settings.Speaking.Replacements,
            AudioBudget = profile.Fallback.AudioWithin ?? settings.Speaking.AudioBudget,
        },
        Thinking = settings.Thinking with
        {
            TokenBudget = profile.Fallback.TokenWithin ?? settings.Thinking.TokenBudget,
            Hedges = profile.Fallback.Hedge ?? settings.Thinking.Hedges,
            FilteredAnswer = profile.FilteredAnswer ?? settings.Thinking.FilteredAnswer,
        },
        Listening = settings.Listening with
        {
            OpenBudget = profile.Fallback.HearingWithin ?? settings.Listening.OpenBudget,
            ReadBudget = profile.Fallback.HearingWithin ?? settings.Listening.ReadBudget,
            SilentAnswerAfter = profile.Fallback.WordsWithin ?? settings.Listening.SilentAnswerAfter,
        },
        ChainDeadline = profile.Fallback.Deadline ?? settings.ChainDeadline,
        FailureEnding = profile.Failure.Ending is { } ending ? Enum.Parse<FailureEnding>(ending, ignoreCase: true) : settings.FailureEnding,
        FailureTransferTo = profile.Failure.TransferTo ?? settings.FailureTransferTo,
        Silence = settings.Silence with
        {
            AwayAfter = profile.Silence.AwayAfter ?? settings.Silence.AwayAfter,
            Question = profile.Silence.Question ?? settings.Silence.Question,
            GoodbyeAfter = profile.Silence.GoodbyeAfter ?? settings.Silence.GoodbyeAfter,
            Goodbye = profile.Silence.Goodbye ?? settings.Silence.Goodbye,
        },
        MaximumDuration = profile.MaximumDuration ?? settings.MaximumDuration,
        Apology = profile.Apology ?? settings.Apology,
        FailureGoodbye = profile.FailureGoodbye ?? settings.FailureGoodbye,
    };

    public static RoomCallSettings Over(this RoomProfile profile, RoomCallSettings settings) => settings with
    {
        HearsAudio = profile.HearsAudio ?? settings.HearsAudio,
        SpeaksAudio = profile.SpeaksAudio ?? settings.SpeaksAudio,
        TakesText = profile.TakesText ?? settings.TakesText,
        SendsTranscripts = profile.SendsTranscripts ?? settings.SendsTranscripts,
        DeletesRoom = profile.DeletesRoom ?? settings.DeletesRoom,
        IsRecordingWanted = profile.IsRecordingWanted ?? settings.IsRecordingWanted,
        TransferTargets = profile.TransferTargets ?? settings.TransferTargets,
        MaximumCalls = profile.MaximumCalls ?? settings.MaximumCalls,
        Processing = settings.Processing with
        {
            NoiseSuppression = profile.NoiseSuppression ?? settings.Processing.NoiseSuppression,
            EchoCancellation = profile.EchoCancellation ?? settings.Processing.EchoCancellation,
        },
    };

    // Delays between the two bounds must stay there when only one of them is set.
    private static EndpointingSettings Endpointing(EndpointingProfile profile, EndpointingSettings settings)
    {
        var minimum = profile.MinimumDelay ?? settings.MinimumDelay;
        var maximum = profile.MaximumDelay ?? settings.MaximumDelay;
        maximum = maximum < minimum ? minimum : maximum;
        var initial = settings.InitialDelay < minimum ? minimum : settings.InitialDelay > maximum ? maximum : settings.InitialDelay;
        return settings with { MinimumDelay = minimum, MaximumDelay = maximum, InitialDelay = initial };
    }
}
