using Aico.Host.Calls.Listening;
using static Aico.Testing.Calls.CallTime;

namespace Aico.Host.Tests.Calls.Listening;

public class VoiceGateTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(32);

    [Test]
    public void Begins_with_the_second_window_of_speech_at_the_beginning_of_the_first()
    {
        Changes(0, 1, 1).Should().Equal((VoiceGate.Change.Began, Window));
    }

    [Test]
    public void Takes_a_click_for_none() => Changes(0, 1, 0, 1, 0).Should().BeEmpty();

    [Test]
    public void Ends_after_the_hangover_at_the_end_of_the_last_window_of_speech()
    {
        Changes(1, 1, 1, 0, 0, 0, 0, 0).Should().Equal(
            (VoiceGate.Change.Began, TimeSpan.Zero), (VoiceGate.Change.Lasted, Window * 3), (VoiceGate.Change.Ended, Window * 3));
    }

    [Test]
    public void Goes_on_over_a_silence_shorter_than_the_hangover()
    {
        Changes(1, 1, 0, 0, 0, 0, 1).Should().Equal((VoiceGate.Change.Began, TimeSpan.Zero), (VoiceGate.Change.Lasted, Window * 7));
    }

    [Test]
    public void Begins_at_the_activation_and_goes_on_above_the_deactivation()
    {
        Changes(0.49f, 0.49f).Should().BeEmpty();
        Changes(0.5f, 0.5f, 0.35f).Select(change => change.Change).Should().Equal(VoiceGate.Change.Began, VoiceGate.Change.Lasted);
        Changes(0.5f, 0.5f, 0.34f).Select(change => change.Change).Should().Equal(VoiceGate.Change.Began);
    }

    [Test]
    public void Takes_what_is_no_number_for_silence()
    {
        Changes(float.NaN, float.NaN, float.NaN).Should().BeEmpty();
        Changes(1, 1, float.NaN, float.NaN, float.NaN, float.NaN, float.NaN)[^1].Change.Should().Be(VoiceGate.Change.Ended);
    }

    [Test]
    public void Has_a_hangover_of_160_ms_whatever_the_window()
    {
        var gate = new VoiceGate(Seconds(0.02));
        gate.Take(1, Seconds(0.02));
        gate.Take(1, Seconds(0.04));

        var silent = 0;
        while (gate.IsSpeech)
        {
            silent++;
            gate.Take(0, Seconds(0.04 + (silent * 0.02)));
        }

        silent.Should().Be(8);
    }

    private static List<(VoiceGate.Change Change, TimeSpan At)> Changes(params float[] probabilities)
    {
        var gate = new VoiceGate(Window);
        return [.. probabilities.Select((probability, index) => gate.Take(probability, Window * (index + 1))).Where(change => change.Change != VoiceGate.Change.None)];
    }
}
