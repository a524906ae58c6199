using Aico.Host.Calls;
using Aico.Host.Cli;
using Aico.Host.Cli.Talk;

namespace Aico.Host.Tests.Cli.Talk;

public class TalkExitTests
{
    [Test]
    public void Is_well_where_a_turn_was_answered() => Exit(CallEndReason.CallerLeft, Turn("Hello.", "Hi.")).Should().Be(ExitCode.Ok);

    [Test]
    public void Is_well_where_a_turn_only_called_tools() =>
        Exit(CallEndReason.CallerLeft, Turn("Light on.", "") with { ToolCalls = [new ToolCallRecord("light", "{}", "", null, default, default)] }).Should().Be(ExitCode.Ok);

    [Test]
    public void Failed_where_nothing_was_understood_although_the_agent_greeted() =>
        Exit(CallEndReason.CallerLeft, Turn("", "Welcome.")).Should().Be(ExitCode.Failed);

    [Test]
    public void Failed_where_all_that_was_answered_is_the_apology() =>
        Exit(CallEndReason.CallerLeft, Turn("Hello.", new AgentSettings().Apology)).Should().Be(ExitCode.Failed);

    [Test]
    public void Failed_where_the_call_did() => Exit(CallEndReason.Failed, Turn("Hello.", "Hi.")).Should().Be(ExitCode.Failed);

    [Test]
    public void Says_when_it_was_interrupted() => Exit(CallEndReason.Cancelled, Turn("Hello.", "Hi.")).Should().Be(ExitCode.Interrupted);

    private static TurnRecord Turn(string caller, string agent) => new() { Number = 1, CallerText = caller, AgentText = agent };

    private static int Exit(CallEndReason reason, TurnRecord turn)
    {
        var plan = TalkPlanner.Plan(
            new TalkRequest { Turns = [new TalkRequest.CallerInput("Hello.", false)] }, SampleProviders.Definitions, new Dictionary<string, string>());
        return TalkExit.Of(SampleCall.Result() with { EndReason = reason, Events = [new TurnCompleted(TimeSpan.Zero, turn)] }, plan);
    }
}
