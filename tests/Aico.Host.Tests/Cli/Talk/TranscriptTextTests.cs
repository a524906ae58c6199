using Aico.Host.Calls;
using Aico.Host.Cli.Talk;

namespace Aico.Host.Tests.Cli.Talk;

public class TranscriptTextTests
{
    [Test]
    public void Shows_who_said_what_and_where_the_time_went()
    {
        var turn = SampleCall.Result().Turns.Single(turn => turn.Number == 2);

        var text = TranscriptText.Of(turn).ReplaceLineEndings("\n");

        text.Should().Be("""
            [00:08.0] caller: And tomorrow?
                      agent:  Tomorrow will be dry, with some sun in the afternoon.
                      voice to voice 550 ms (final text 330, first token 30, turn decided 40, first sentence 60, first audio 65, played 25)

            """);
    }

    [Test]
    public void Shows_what_was_heard_of_an_interrupted_answer() =>
        TranscriptText.Of(SampleCall.Result().Turns.Single(turn => turn.Number == 1)).Should()
            .Contain("interrupted; heard: It is eleven degrees and raining. Take an umbrella with you");

    [Test]
    public void Shows_tools_and_a_turn_that_needed_no_words()
    {
        var call = new ToolCallRecord("light", "{}", "on", null, TimeSpan.Zero, TimeSpan.FromMilliseconds(7));
        var turn = new TurnRecord { Number = 1, CallerText = "Light on.", ToolCalls = [call] };

        TranscriptText.Of(turn).Should().Contain("light({}) = on, 7 ms").And.Contain("nothing to say");
    }

    [Test]
    public void Keeps_what_a_model_writes_from_moving_the_terminal() =>
        TranscriptText.Of(new TurnRecord { Number = 1, CallerText = "Hi", AgentText = "a\u001b[2Jb\nc" }).Should().Contain("agent:  a [2Jb c").And.NotContain("\u001b");
}
