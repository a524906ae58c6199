using Aico.Abstractions;
using Aico.Host.Time;
using Aico.Plugins.Scripted;
using Aico.Testing;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Tests.Scripted;

public class ScriptedChatClientTests
{
    private const string Names = """
        { "rules": [
          { "when": "my name is (?<name>\\w+)", "reply": ["Hello, {name}.", "I know, {1}."] },
          { "when": "weather in (\\w+)", "tools": [{ "name": "get_weather", "arguments": { "city": "{1}", "days": 2 } }], "afterTools": "In {1} it is {result}." },
          { "when": "bye", "reply": "Goodbye.", "tools": [{ "name": "end_call" }] }
        ] }
        """;

    [TestCase("My name is Ann", "Hello, Ann.")]
    [TestCase("MY NAME IS Ann", "Hello, Ann.")]
    [TestCase("I am lost", "You said: I am lost")]
    public async Task Answers_by_the_first_pattern_that_fits(string said, string expected)
    {
        (await AskAsync(Client(Names), said)).Text.Should().Be(expected);
    }

    [Test]
    public async Task Uses_its_replies_one_after_the_other()
    {
        ChatMessage[] conversation =
        [
            new(ChatRole.User, "My name is Ann"), new(ChatRole.Assistant, "Hello, Ann."), new(ChatRole.User, "As I said, my name is Ann"),
        ];

        (await Client(Names).GetResponseAsync(conversation)).Text.Should().Be("I know, Ann.");
    }

    [Test]
    public async Task Streams_word_by_word_and_joins_to_the_reply()
    {
        var pieces = await Client("""{ "rules": [{ "when": "x", "reply": "One  two three. " }] }""")
            .GetStreamingResponseAsync("x").Where(update => update.Text.Length > 0).Select(update => update.Text).ToListAsync();

        pieces.Should().Equal("One", "  two", " three. ");
    }

    [Test]
    public async Task Opens_a_conversation_in_which_nobody_spoke()
    {
        (await Client("""{ "opening": "Good day." }""").GetResponseAsync([new(ChatRole.System, "Be kind.")])).Text.Should().Be("Good day.");
    }

    [Test]
    public async Task Calls_a_tool_that_is_offered_and_speaks_its_result()
    {
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create(() => "sunny", "get_weather")] };
        var asked = await AskAsync(Client(Names), "The weather in Rome?", options);

        var call = asked.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Single();
        call.Name.Should().Be("get_weather");
        call.Arguments!["city"].Should().Be("Rome");
        call.Arguments["days"]!.ToString().Should().Be("2");
        asked.FinishReason.Should().Be(ChatFinishReason.ToolCalls);

        ChatMessage[] conversation =
        [
            new(ChatRole.User, "The weather in Rome?"), .. asked.Messages, new(ChatRole.Tool, [new FunctionResultContent(call.CallId, "sunny")]),
        ];
        var answered = await Client(Names).GetResponseAsync(conversation, options);
        answered.Text.Should().Be("In Rome it is sunny.");
        answered.FinishReason.Should().Be(ChatFinishReason.Stop);
    }

    [Test]
    public async Task Calls_no_tool_that_is_not_offered()
    {
        var answer = await AskAsync(Client(Names), "Bye");

        answer.Text.Should().Be("Goodbye.");
        answer.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Should().BeEmpty();
    }

    [Test]
    public void Waits_on_the_hosts_clock_before_the_first_word_and_between_words()
    {
        var time = new VirtualTime();
        var client = new ScriptedChatClient(
            new ScriptedSettings { FirstTokenDelayMs = 300, TokenDelayMs = 50 }, ScriptReader.Read("""{ "otherwise": "one two" }"""), time);
        var pieces = new List<(string Text, double At)>();
        var answer = time.Start(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync("x"))
            {
                pieces.Add((update.Text, TimeSpan.FromTicks(time.GetTimestamp()).TotalMilliseconds));
            }

            return true;
        });

        time.Advance(TimeSpan.FromMilliseconds(299));
        pieces.Should().BeEmpty();
        time.Advance(TimeSpan.FromSeconds(1));
        answer.IsCompletedSuccessfully.Should().BeTrue();
        pieces.Should().Equal(("one", 300d), (" two", 350d), ("", 350d));
    }

    [Test]
    public async Task Fails_as_the_script_says_after_the_words_before_it()
    {
        var client = Client("""{ "rules": [{ "when": "x", "reply": "one two three", "failure": { "category": "quotaExceeded", "afterTokens": 2, "retryAfterMs": 1500 } }] }""");
        var text = "";
        var read = async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync("x"))
            {
                text += update.Text;
            }
        };

        var error = (await read.Should().ThrowAsync<ProviderException>()).Which;
        error.Failure.Should().Be(ProviderFailure.QuotaExceeded);
        error.RetryAfter.Should().Be(TimeSpan.FromMilliseconds(1500));
        text.Should().Be("one two");
    }

    [Test]
    public async Task Counts_words_as_tokens()
    {
        var answer = await AskAsync(Client("""{ "otherwise": "one two three" }"""), "four words are here");

        answer.Usage!.InputTokenCount.Should().Be(4);
        answer.Usage.OutputTokenCount.Should().Be(3);
    }

    [TestCase("Go forward ten meters.", "Going forward ten meters. Tell me when I should stop.")]
    [TestCase("Ten of clubs.", "You hold the Ten of clubs. Which card comes next?")]
    [TestCase("Hello.", "Hello! How can I help you today?")]
    [TestCase("What's the weather like?", "I have no window here, so I can only guess: a little cloud, about eighteen degrees, and no rain before the evening.")]
    [TestCase("Thanks, that's all. Goodbye!", "Goodbye, and thank you for calling.")]
    public async Task Answers_the_questions_of_the_demo(string said, string expected)
    {
        var client = Client(Path.Combine(TestPaths.Repository, "config", "scripts", "demo.json"));

        (await AskAsync(client, said)).Text.Should().Be(expected);
    }

    private static ScriptedChatClient Client(string script) => new(new ScriptedSettings(), ScriptReader.Read(script), TimeProvider.System);

    private static Task<ChatResponse> AskAsync(ScriptedChatClient client, string said, ChatOptions? options = null) =>
        client.GetResponseAsync([new ChatMessage(ChatRole.User, said)], options);
}
