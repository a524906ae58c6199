using Aico.Host.Calls.Rooms;
using Aico.Host.LiveKit.Protocol;
using Aico.Testing.Calls;
using Answer = Aico.Testing.Calls.ScriptedLanguageModel.Answer;

namespace Aico.Host.Tests.Calls.Rooms.Remote;

public class RunInputTests
{
    [Test]
    public void Answers_with_what_the_agent_did_and_said_when_it_has_said_it()
    {
        using var remote = new RemoteCall();
        remote.Call.Settings = remote.Call.Settings with { Tools = [new ScriptedTool("weather", remote.Call.Time)] };
        remote.Call.LanguageModel.Says(new Answer("", ScriptedLanguageModel.Call("weather")), new Answer("It is sunny."));
        remote.RunUntil(1);

        remote.RunInput("How is the weather?").Should().BeNull();
        remote.RunUntil(1.85);
        remote.Responses.Should().BeEmpty("it is still speaking");
        remote.RunUntil(2);

        remote.Responses.Should().ContainSingle().Which.RequestId.Should().Be("req_1");
        remote.Responses[0].HasError.Should().BeFalse();
        RemoteCall.Texts(remote.Responses[0].RunInput.Items).Should().Equal("call: weather", "output: done", "assistant: It is sunny.");
        remote.Call.Turns[0].CallerText.Should().Be("How is the weather?");
    }

    [Test]
    public void Answers_each_input_with_its_own_turn()
    {
        using var remote = new RemoteCall().RunUntil(1);
        remote.RunInput("One", "req_1");
        remote.Call.Call.SendText("Between");
        remote.RunInput("Two", "req_2");
        remote.RunInput("Two", "req_3");

        remote.RunUntil(5);

        remote.Responses.Select(response => response.RequestId).Should().Equal("req_1", "req_2", "req_3");
        remote.Responses[0].Error.Should().Be("The agent answered nothing.", "it was interrupted before a word was heard");
        RemoteCall.Texts(remote.Responses[2].RunInput.Items).Should().Equal("assistant: You said Two");
    }

    [TestCase("")]
    [TestCase("  ")]
    public void Refuses_an_empty_text(string text)
    {
        using var remote = new RemoteCall().RunUntil(1);

        remote.RunInput(text)!.Error.Should().Be("The text is empty.");
    }

    [Test]
    public void Refuses_text_where_the_agent_takes_none()
    {
        using var remote = new RemoteCall { Room = new RoomCallSettings { TakesText = false } }.RunUntil(1);

        var answer = remote.RunInput("Hello")!;
        remote.RunUntil(4);

        answer.Error.Should().Be("This agent takes no typed text.");
        answer.RunInput.Items.Should().BeEmpty();
        remote.Call.Turns.Should().BeEmpty();
    }

    [Test]
    public void Refuses_more_than_can_wait_and_puts_them_not_in()
    {
        var texts = new List<string>();
        using var remote = new RemoteCall { Settings = settings => settings with { MaximumRunInputs = 2 }, SendText = texts.Add }.RunUntil(1);
        remote.RunInput("One");
        remote.RunInput("Two");

        remote.RunInput("Three", "req_3")!.Error.Should().Be("Too many inputs are waiting for their answers.");
        texts.Should().Equal("One", "Two");
        texts.ForEach(remote.Call.Call.SendText);
        remote.RunUntil(6);

        remote.RunInput("Four").Should().BeNull("there is room again");
    }

    [Test]
    public void Gives_up_a_turn_that_takes_too_long()
    {
        using var remote = new RemoteCall { Settings = settings => settings with { RunInputTimeout = TimeSpan.FromSeconds(5) } };
        remote.Call.LanguageModel.FirstTokenDelay = TimeSpan.FromSeconds(6);
        remote.RunUntil(1);
        remote.RunInput("Hello");

        remote.RunUntil(5.9);
        remote.Responses.Should().BeEmpty();
        remote.RunUntil(20);

        remote.Responses.Should().ContainSingle().Which.Error.Should().Be("The turn was not over within 5 seconds.");
        remote.Call.Turns.Should().ContainSingle("the turn itself goes on");
    }

    [Test]
    public void Says_that_a_failed_turn_had_no_answer()
    {
        using var remote = new RemoteCall();
        remote.Call.LanguageModel.Failures.Enqueue(new Abstractions.ProviderException(Abstractions.ProviderFailure.Unauthorized, "No."));
        remote.RunUntil(1);
        remote.RunInput("Hello");

        remote.RunUntil(8);

        remote.Responses.Should().ContainSingle().Which.Error.Should().Be("The agent answered nothing.");
    }

    [Test]
    public void Answers_those_that_wait_when_the_call_ends_and_refuses_later_ones()
    {
        using var remote = new RemoteCall();
        remote.Call.LanguageModel.FirstTokenDelay = TimeSpan.FromSeconds(9);
        remote.RunUntil(1);
        remote.SendText = _ => { };
        remote.RunInput("Hello");

        remote.Call.Cancel();

        remote.Responses.Should().ContainSingle().Which.Error.Should().Be("The call has ended.");
        remote.Running.IsCompletedSuccessfully.Should().BeTrue("all was sent");
        remote.RunInput("Hello again").Should().BeNull("nothing is sent any more");
    }

    [Test]
    public void Says_that_the_call_does_not_keep_up()
    {
        using var remote = new RemoteCall { SendText = _ => throw new InvalidOperationException("Full.") }.RunUntil(1);

        remote.RunInput("Hello")!.Error.Should().Be("The call does not keep up.");
    }
}
