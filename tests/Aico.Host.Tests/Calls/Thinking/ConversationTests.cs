using Aico.Host.Calls.Thinking;
using Microsoft.Extensions.AI;

namespace Aico.Host.Tests.Calls.Thinking;

public class ConversationTests
{
    [Test]
    public void Forgets_the_oldest_turns_beyond_the_messages()
    {
        var conversation = new Conversation(() => "Be nice.", new HistorySettings { MaximumMessages = 8 });

        Talk(conversation, turns: 5);

        Told(conversation).Should().Equal("Be nice.", "q3", "a3", "q4", "a4", "q5", "a5");
    }

    [Test]
    public void Forgets_the_oldest_turns_beyond_the_characters()
    {
        var conversation = new Conversation(() => "Be nice.", new HistorySettings { MaximumCharacters = 16 });

        Talk(conversation, turns: 5);

        Told(conversation).Should().Equal("Be nice.", "q3", "a3", "q4", "a4", "q5", "a5");
    }

    [Test]
    public void Keeps_everything_up_to_the_limits()
    {
        var conversation = new Conversation(() => "Be nice.", new HistorySettings { MaximumMessages = 10, MaximumCharacters = 20 });

        Talk(conversation, turns: 5);

        Told(conversation).Should().HaveCount(11);
    }

    [Test]
    public void Keeps_everything_where_there_is_no_limit()
    {
        var conversation = new Conversation(() => "Be nice.", new HistorySettings { MaximumMessages = 0, MaximumCharacters = 0 });

        Talk(conversation, turns: 1000);

        Told(conversation).Should().HaveCount(2001);
    }

    [Test]
    public void Changes_the_beginning_rarely()
    {
        var conversation = new Conversation(() => "Be nice.", new HistorySettings { MaximumMessages = 100 });
        var firsts = new List<string>();

        for (var turn = 1; turn <= 200; turn++)
        {
            Talk(conversation, turns: 1, from: turn);
            firsts.Add(Told(conversation)[1]);
        }

        firsts.Distinct().Count().Should().BeLessThan(15, "each change costs a provider its cache");
    }

    [Test]
    public void Never_parts_the_calls_of_tools_from_their_results()
    {
        for (var limit = 1; limit <= 24; limit++)
        {
            var conversation = new Conversation(() => "Be nice.", new HistorySettings { MaximumMessages = limit });
            for (var turn = 1; turn <= 6; turn++)
            {
                conversation.CallerSaid($"q{turn}");
                conversation.AgentSaid(
                    [
                        new ChatMessage(ChatRole.Assistant, [new FunctionCallContent($"{turn}", "lookup")]),
                        new ChatMessage(ChatRole.Tool, [new FunctionResultContent($"{turn}", "three")]),
                    ],
                    $"a{turn}");
                var messages = conversation.Messages;
                messages[0].Text.Should().StartWith("q", $"of {limit} messages the first begins a turn");
                messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Select(call => call.CallId)
                    .Should().Equal(messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().Select(result => result.CallId));
                messages[^1].Text.Should().Be($"a{turn}");
                messages.Count.Should().BeLessThanOrEqualTo(Math.Max(limit, 4));
            }
        }
    }

    [Test]
    public void Counts_what_tools_were_asked_and_returned()
    {
        var conversation = new Conversation(() => "Be nice.", new HistorySettings { MaximumCharacters = 100 });
        Talk(conversation, turns: 3);
        conversation.CallerSaid("q4");

        conversation.AgentSaid(
            [
                new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("1", "lookup", new Dictionary<string, object?> { ["of"] = new string('x', 50) })]),
                new ChatMessage(ChatRole.Tool, [new FunctionResultContent("1", new string('y', 50))]),
            ],
            "a4");

        conversation.Messages[0].Text.Should().Be("q4", "the latest turn stays, however long it is");
        conversation.Messages.Should().HaveCount(4);
    }

    private static void Talk(Conversation conversation, int turns, int from = 1)
    {
        for (var turn = from; turn < from + turns; turn++)
        {
            conversation.CallerSaid($"q{turn}");
            conversation.AgentSaid([], $"a{turn}");
        }
    }

    private static List<string> Told(Conversation conversation) => [.. conversation.Snapshot(null).Select(message => message.Text)];
}
