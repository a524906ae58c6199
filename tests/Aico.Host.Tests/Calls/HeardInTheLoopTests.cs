using Aico.Host.Calls;
using Aico.Testing.Calls;

namespace Aico.Host.Tests.Calls;

public class HeardInTheLoopTests
{
    private const string Speech = "aaa bbb ccc ddd eee fff ggg hhh iii jjj.";

    [TestCase(true)]
    [TestCase(false)]
    public void Tells_the_model_only_what_was_heard_of_an_interrupted_answer(bool aligns)
    {
        using var call = new CallHarness();
        call.TextToSpeech.Aligns = aligns;
        call.LanguageModel.Says(Speech);
        call.Caller.Says("Question?", from: 1, to: 2);
        call.Caller.Says("Stop please.", from: 3.3, to: 4.3);

        call.RunUntil(5);

        call.Told().Should().Equal("user: Question?", "assistant: aaa bbb ccc ddd", "user: Stop please.");
        call.Turns[0].AgentText.Should().Be(Speech);
    }

    [Test]
    public void Tells_the_model_all_of_an_answer_that_was_heard_out()
    {
        using var call = new CallHarness();
        call.LanguageModel.Says(Speech);
        call.Caller.Says("Question?", from: 1, to: 2);
        call.Caller.Says("What is that?", from: 7, to: 8);

        call.RunUntil(9);

        call.Told().Should().Equal("user: Question?", $"assistant: {Speech}", "user: What is that?");
    }

    [Test]
    public void Tells_the_model_nothing_of_an_answer_of_which_no_word_was_heard()
    {
        using var call = new CallHarness();
        call.LanguageModel.Says("Extraordinarily-incomprehensible-circumlocution and more.");
        call.Caller.Says("Question?", from: 1, to: 2);
        call.RunUntil(2.4);
        call.Call.SendText("Never mind.");

        call.RunUntil(2.5);

        call.Turns[0].HeardText.Should().BeEmpty();
        call.Told().Should().Equal("user: Question?", "user: Never mind.");
    }

    [Test]
    public void Does_not_count_what_was_ahead_of_the_caller_s_ear_as_heard()
    {
        using var call = new CallHarness();
        call.LanguageModel.Says(Speech);
        call.Caller.Says("Question?", from: 1, to: 2);
        call.RunUntil(3.6);

        call.Call.SendText("Stop.");
        call.RunUntil(3.7);

        call.Turns[0].HeardText.Should().Be("aaa bbb ccc ddd", "1.3 s were heard and 1.5 s were sent");
    }

    [Test]
    public void Keeps_an_interruption_after_a_pause_at_the_place_where_it_paused()
    {
        using var call = new CallHarness();
        call.LanguageModel.Says(Speech);
        call.Caller.Says("Question?", from: 1, to: 2);
        call.Caller.Says("mm-hm", from: 3.3, to: 3.6);
        call.Caller.Says("Stop please.", from: 4.06, to: 5);

        call.RunUntil(5.5);

        // 1.26 s before the pause and, from 3.76 to 4.32, 0.56 s after it.
        call.Turns[0].HeardText.Should().Be("aaa bbb ccc ddd eee fff");
    }
}
