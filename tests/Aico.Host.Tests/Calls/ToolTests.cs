using Aico.Host.Calls;
using Aico.Host.Calls.Thinking;
using Aico.Testing.Calls;
using Microsoft.Extensions.AI;
using static Aico.Testing.Calls.CallTime;
using Answer = Aico.Testing.Calls.ScriptedLanguageModel.Answer;

namespace Aico.Host.Tests.Calls;

public class ToolTests
{
    [Test]
    public void Runs_the_calls_of_one_step_side_by_side()
    {
        using var call = Asked("weather", "time");
        Tool(call, "weather").Takes = Seconds(1);
        Tool(call, "time").Takes = Seconds(1);
        call.LanguageModel.Says(new Answer("", Calls("weather", "time")), new Answer("Sunny at three."));

        call.RunUntil(6);

        call.Turns[0].Timings.Played.Should().Be(Seconds(3.3), "two tools of a second take a second");
        call.Turns[0].ToolCalls.Select(tool => (tool.Name, tool.Result, tool.Started, tool.Ended)).Should().Equal(
            ("weather", "done", Seconds(2.3), Seconds(3.3)), ("time", "done", Seconds(2.3), Seconds(3.3)));
        call.Of<ToolCalled>().Should().HaveCount(2);
    }

    [Test]
    public void Tells_the_model_every_result_in_the_order_of_the_calls()
    {
        using var call = Asked("slow", "fast");
        Tool(call, "slow").Takes = Seconds(0.5);
        Tool(call, "slow").Returns = 1.5;
        Tool(call, "fast").Returns = new { Degrees = 21 };
        call.LanguageModel.Says(new Answer("", Calls("slow", "fast")), new Answer("Well."));

        call.RunUntil(6);

        var results = call.LanguageModel.Requests[1][^1].Contents.Cast<FunctionResultContent>().ToList();
        results.Select(result => (result.CallId, result.Result)).Should().Equal(("slow", "1.5"), ("fast", """{"degrees":21}"""));
    }

    [Test]
    public void Keeps_tool_calls_and_results_in_the_conversation_without_repeating_its_words()
    {
        using var call = Asked("lookup");
        call.LanguageModel.Says(new Answer("Let me look.", Calls("lookup")), new Answer("It is three."), new Answer("Bye."));
        call.Caller.Says("Thanks.", from: 7, to: 8);

        call.RunUntil(9);

        call.Told().Should().Equal("user: Question?", "assistant: ", "tool: ", "assistant: Let me look. It is three.", "user: Thanks.");
        AssertValid(call);
    }

    [Test]
    public void Ends_the_steps_of_a_model_that_never_stops_calling_tools()
    {
        using var call = Asked("lookup");
        call.LanguageModel.Says(new Answer("", Calls("lookup")));

        call.RunUntil(8);

        Tool(call, "lookup").Calls.Should().Be(3);
        call.LanguageModel.Requests.Should().HaveCount(4);
        call.LanguageModel.Options!.ToolMode.Should().Be(ChatToolMode.None);
        call.Turns.Select(turn => turn.HeardText).Should().Equal("", call.Settings.Apology);
        call.Of<StageFailed>().Should().ContainSingle().Which.Message.Should().Contain("3 steps");
    }

    [Test]
    public void Says_a_filler_when_a_tool_takes_long()
    {
        using var call = Asked("lookup");
        Tool(call, "lookup").Takes = Seconds(5);
        call.LanguageModel.Says(new Answer("", Calls("lookup")), new Answer("It is three."));

        call.RunUntil(12);

        call.Turns[0].HeardText.Should().Be("One moment, please. It is three.");
        call.Turns[0].AgentStart.Should().Be(Seconds(3.8), "the filler comes after a second and a half");
    }

    [Test]
    public void Says_no_filler_when_a_tool_is_quick()
    {
        using var call = Asked("lookup");
        Tool(call, "lookup").Takes = Seconds(1.4);
        call.LanguageModel.Says(new Answer("", Calls("lookup")), new Answer("It is three."));

        call.RunUntil(12);

        call.Turns[0].HeardText.Should().Be("It is three.");
    }

    [Test]
    public void Ends_the_call_after_the_words_were_played()
    {
        using var call = Asked();
        call.LanguageModel.Says(new Answer("Goodbye then.", Calls("end_call")));

        call.RunUntil(5);

        call.Ending.IsCompleted.Should().BeTrue();
        call.Ending.GetAwaiter().GetResult().Should().Be(CallEndReason.AgentEnded);
        call.Of<CallEnded>().Should().ContainSingle().Which.At.Should().Be(Seconds(2.9));
        call.Caller.HeardDuration.Should().Be(Seconds(0.6));
        call.LanguageModel.Requests.Should().ContainSingle("the goodbye was said with the call of the tool");
    }

    [Test]
    public void Asks_for_a_goodbye_where_the_call_was_ended_without_a_word()
    {
        using var call = Asked();
        call.LanguageModel.Says(new Answer("", Calls("end_call")), new Answer("Goodbye then."));

        call.RunUntil(5);

        call.Turns[0].HeardText.Should().Be("Goodbye then.");
        call.Ending.IsCompleted.Should().BeTrue();
    }

    [Test]
    public void Does_not_end_the_call_when_the_caller_interrupts_the_goodbye()
    {
        using var call = Asked();
        call.LanguageModel.Says(new Answer("Goodbye and thank you for calling us today.", Calls("end_call")), new Answer("Yes?"));
        call.Caller.Says("Wait please.", from: 2.8, to: 3.8);

        call.RunUntil(6);

        call.Ending.IsCompleted.Should().BeFalse();
        call.Turns[1].HeardText.Should().Be("Yes?");
    }

    [Test]
    public void Is_silent_after_a_turn_of_nothing_but_tools_and_opens_no_speech()
    {
        using var call = Asked("lookup");
        call.LanguageModel.Says(new Answer("", Calls("lookup")), new Answer(""));

        call.RunUntil(6);

        call.Turns.Should().ContainSingle().Which.AgentText.Should().BeEmpty();
        call.Of<StageFailed>().Should().BeEmpty();
        call.TextToSpeech.Sessions.Should().Be(0);
        call.AgentStates.Should().EndWith(AgentState.Listening);
    }

    [Test]
    public void Tells_the_model_of_a_tool_that_failed()
    {
        using var call = Asked("lookup");
        Tool(call, "lookup").Throws = new InvalidOperationException("No such city.");
        call.LanguageModel.Says(new Answer("", Calls("lookup")), new Answer("I found nothing."));

        call.RunUntil(6);

        Result(call).Should().Be("Error: No such city.");
        call.Turns[0].HeardText.Should().Be("I found nothing.");
        call.Of<StageFailed>().Should().ContainSingle().Which.Stage.Should().Be(CallStage.Tool);
    }

    [Test]
    public void Tells_the_model_of_a_result_that_cannot_be_written()
    {
        using var call = Asked("lookup");
        Tool(call, "lookup").Returns = new Action(() => { });
        call.LanguageModel.Says(new Answer("", Calls("lookup")), new Answer("I found nothing."));

        call.RunUntil(6);

        Result(call)!.ToString().Should().StartWith("Error: ");
        call.Turns[0].HeardText.Should().Be("I found nothing.");
    }

    [Test]
    public void Tells_the_model_which_tools_there_are_when_it_calls_another()
    {
        using var call = Asked("lookup");
        call.LanguageModel.Says(new Answer("", Calls("look_up")), new Answer("I found nothing."));

        call.RunUntil(6);

        Result(call).Should().Be("Error: There is no tool look_up. There are: lookup, end_call.");
    }

    [Test]
    public void Gives_a_tool_up_that_takes_too_long()
    {
        using var call = Asked("lookup");
        Tool(call, "lookup").Takes = TimeSpan.FromHours(1);
        call.LanguageModel.Says(new Answer("", Calls("lookup")), new Answer("I found nothing."));

        call.RunUntil(40);

        Result(call).Should().Be("Error: The tool did not answer within 30 seconds.");
        Tool(call, "lookup").Cancelled.Should().Be(1);
        call.Turns[0].HeardText.Should().Be("One moment, please. I found nothing.");
    }

    [Test]
    public void Keeps_the_results_that_were_there_when_the_caller_interrupted_a_tool()
    {
        using var call = Asked("fast", "slow");
        Tool(call, "slow").Takes = Seconds(20);
        call.LanguageModel.Says(new Answer("Let me look that up for you in all of my books.", Calls("fast", "slow")), new Answer("Yes?"));
        call.Caller.Says("Never mind please.", from: 4, to: 5);

        call.RunUntil(7);

        AssertValid(call);
        var results = call.LanguageModel.Requests[^1].SelectMany(message => message.Contents).OfType<FunctionResultContent>();
        results.Select(result => result.Result).Should().Equal("done", ToolRounds.Unfinished);
        Tool(call, "slow").Cancelled.Should().Be(1);
        call.Turns[1].HeardText.Should().Be("Yes?");
    }

    [Test]
    public void Makes_a_turn_of_its_own_of_what_comes_after_tools_have_run()
    {
        using var call = Asked("slow");
        call.Settings = call.Settings with { Thinking = new ThinkingSettings { FillerAfter = TimeSpan.Zero } };
        Tool(call, "slow").Takes = Seconds(20);
        call.LanguageModel.Says(new Answer("", Calls("slow")), new Answer("Yes?"));
        call.Caller.Says("And another thing entirely.", from: 3, to: 5);

        call.RunUntil(9);

        AssertValid(call);
        call.Turns.Select(turn => turn.CallerText).Should().Equal("Question?", "And another thing entirely.");
        call.Turns[1].HeardText.Should().Be("Yes?");
    }

    private static CallHarness Asked(params string[] tools)
    {
        var call = new CallHarness();
        call.Settings = call.Settings with { Tools = [.. tools.Select(tool => new ScriptedTool(tool, call.Time))] };
        call.Caller.Says("Question?", from: 1, to: 2);
        return call;
    }

    private static ScriptedTool Tool(CallHarness call, string name) => (ScriptedTool)call.Settings.Tools.Single(tool => tool.Name == name);

    private static FunctionCallContent[] Calls(params string[] names) => [.. names.Select(name => ScriptedLanguageModel.Call(name, id: name))];

    private static object? Result(CallHarness call) => ((FunctionResultContent)call.LanguageModel.Requests[1][^1].Contents[0]).Result;

    private static void AssertValid(CallHarness call)
    {
        var open = new List<string>();
        foreach (var message in call.LanguageModel.Requests[^1])
        {
            if (message.Role == ChatRole.Tool)
            {
                message.Contents.Cast<FunctionResultContent>().Select(result => result.CallId).Should().BeEquivalentTo(open);
                open.Clear();
            }

            open.Should().BeEmpty("every call has its result next to it");
            open.AddRange(message.Contents.OfType<FunctionCallContent>().Select(content => content.CallId));
        }

        open.Should().BeEmpty();
    }
}
