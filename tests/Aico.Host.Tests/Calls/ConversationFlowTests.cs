using Aico.Host.Calls;
using Aico.Testing.Calls;

namespace Aico.Host.Tests.Calls;

public class ConversationFlowTests
{
    [Test]
    public void Answers_what_the_caller_said()
    {
        using var call = new CallHarness();
        call.Caller.Says("What time is it?", from: 1, to: 2);

        call.RunUntil(6);

        call.Turns.Should().ContainSingle();
        call.Turns[0].CallerText.Should().Be("What time is it?");
        call.Turns[0].HeardText.Should().Be("You said What time is it?");
        call.TextToSpeech.Sentences.Should().NotBeEmpty();
    }
}
