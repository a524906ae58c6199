using Aico.Testing.Http;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Tests.OpenAICompatible;

public class ChatStreamTests : ChatTest
{
    [Test]
    public async Task Reads_text_usage_and_names()
    {
        Server.Enqueue(LocalResponse.Events(
            """{"id":"a1","model":"small-2","choices":[],"prompt_filter_results":[]}""",
            """{"id":"a1","model":"small-2","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}""",
            """{"id":"a1","choices":[{"index":0,"delta":{"content":"Good "}}]}""",
            """{"id":"a1","choices":[{"index":0,"delta":{"content":"day."}}],"usage":null}""",
            """{"id":"a1","choices":[{"index":0,"delta":{},"finish_reason":"length"}]}""",
            """{"id":"a1","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":4,"total_tokens":13,"prompt_tokens_details":{"cached_tokens":5},"completion_tokens_details":{"reasoning_tokens":1}}}""",
            "[DONE]"));

        var response = await Client().GetResponseAsync("Hello.");

        response.Text.Should().Be("Good day.");
        response.FinishReason.Should().Be(ChatFinishReason.Length);
        response.ModelId.Should().Be("small-2");
        response.ResponseId.Should().Be("a1");
        response.Usage!.InputTokenCount.Should().Be(9);
        response.Usage.OutputTokenCount.Should().Be(4);
        response.Usage.TotalTokenCount.Should().Be(13);
        response.Usage.CachedInputTokenCount.Should().Be(5);
        response.Usage.ReasoningTokenCount.Should().Be(1);
    }

    [Test]
    public async Task Skips_comments_and_keep_alives_and_takes_an_end_without_DONE()
    {
        Server.Enqueue(new LocalResponse
        {
            ContentType = "text/event-stream",
            Pieces = [": hello\r\n\r\n", "data: {\"choices\":[{\"del", "ta\":{\"content\":\"One\"}}]}\r\n\r\n", ":\n\n", "\n", "data: {\"choices\":[{\"delta\":{\"content\":\" two\"},\"finish_reason\":\"stop\"}]}\n"],
        });

        (await Client().GetResponseAsync("Hello.")).Text.Should().Be("One two");
    }

    [Test]
    public async Task Takes_an_answer_from_a_server_that_does_not_stream()
    {
        Server.Enqueue(LocalResponse.Text(200, """{"id":"a","choices":[{"message":{"role":"assistant","content":"Whole."},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}"""));

        var response = await Client().GetResponseAsync("Hello.");

        response.Text.Should().Be("Whole.");
        response.Usage!.OutputTokenCount.Should().Be(1);
    }

    [TestCase("""{"reasoning_content":"hmm"}""")]
    [TestCase("""{"reasoning":"hmm"}""")]
    [TestCase("""{"content":"<think>hmm</think>"}""")]
    [TestCase("""{"content":[{"type":"thinking","thinking":[]},{"type":"text","text":"<think>hmm</think>"}]}""")]
    public async Task Keeps_thoughts_out_of_the_text(string thought)
    {
        var response = (await StreamAsync(thought, """{"content":"\n\nYes."}""")).ToChatResponse();

        response.Text.Should().Be("Yes.");
        response.Messages.SelectMany(message => message.Contents).OfType<TextReasoningContent>().SingleOrDefault()?.Text.Should().Be("hmm");
    }

    [Test]
    public async Task Keeps_thoughts_out_wherever_the_tags_are_cut([Range(1, 30)] int cut)
    {
        const string Text = "<think>a < b</think>\n\n1 < 2 is so.";
        var response = (await StreamAsync(Delta(Text[..cut]), Delta(Text[cut..]))).ToChatResponse();

        response.Text.Should().Be("1 < 2 is so.");
    }

    [Test]
    public async Task Gives_back_what_only_looked_like_a_tag()
    {
        var updates = await StreamAsync(Delta("Well <thi"), Delta("s> and <thin"));

        updates.ToChatResponse().Text.Should().Be("Well <this> and <thin");
    }

    [Test]
    public async Task Says_nothing_of_thoughts_that_never_end()
    {
        (await StreamAsync(Delta("<think>on and"), Delta(" on"))).ToChatResponse().Text.Should().BeEmpty();
    }

    [Test]
    public async Task Puts_parallel_tool_calls_together_by_their_index()
    {
        var calls = await CallsAsync(
            """{"index":0,"id":"c0","function":{"name":"add","arguments":""}}""",
            """{"index":1,"id":"c1","function":{"name":"end","arguments":"{"}}""",
            """{"index":0,"function":{"arguments":"{\"a\":1"}}""",
            """{"index":1,"function":{"arguments":"}"}}""",
            """{"index":0,"function":{"arguments":",\"b\":2}"}}""");

        calls.Select(call => (call.CallId, call.Name, Arguments(call))).Should().Equal(("c0", "add", "a=1 b=2"), ("c1", "end", ""));
    }

    [Test]
    public async Task Invents_the_ids_that_a_server_leaves_out()
    {
        var calls = await CallsAsync("""{"index":0,"function":{"name":"add","arguments":"{}"}}""", """{"index":1,"function":{"name":"add","arguments":"{}"}}""");

        calls.Should().HaveCount(2);
        calls.Select(call => call.CallId).Should().OnlyHaveUniqueItems().And.OnlyContain(id => id.Length > 0);
    }

    [Test]
    public async Task Tells_calls_apart_that_have_no_index_or_the_same()
    {
        var noIndex = await CallsAsync("""{"function":{"name":"add","arguments":"{\"a\":1}"}}""", """{"function":{"name":"add","arguments":"{\"a\":2}"}}""");
        var sameIndex = await CallsAsync("""{"index":0,"id":"x","function":{"name":"add","arguments":"{\"a\":1}"}}""", """{"index":0,"id":"y","function":{"name":"add","arguments":"{\"a\":2}"}}""");

        noIndex.Select(Arguments).Should().Equal("a=1", "a=2");
        sameIndex.Select(Arguments).Should().Equal("a=1", "a=2");
    }

    [Test]
    public async Task Takes_arguments_as_an_object_and_a_name_that_is_repeated()
    {
        (await CallsAsync("""{"index":0,"id":"x","function":{"name":"add","arguments":{"a":1}}}""")).Select(Arguments).Should().Equal("a=1");
        (await CallsAsync("""{"index":0,"id":"x","function":{"name":"add","arguments":"{"}}""", """{"index":0,"id":"x","function":{"name":"add","arguments":"}"}}"""))
            .Select(call => call.Name).Should().Equal("add");
    }

    [Test]
    public async Task Reports_arguments_that_are_no_JSON_with_the_call()
    {
        var call = (await CallsAsync("""{"index":0,"id":"x","function":{"name":"add","arguments":"{\"a\":"}}""")).Single();

        call.Name.Should().Be("add");
        call.Exception.Should().NotBeNull();
    }

    [Test]
    public async Task Says_that_it_ended_with_tool_calls_even_where_the_server_says_stop()
    {
        var updates = await StreamAsync("""{"tool_calls":[{"index":0,"id":"x","function":{"name":"add","arguments":"{}"}}]}""");

        updates.ToChatResponse().FinishReason.Should().Be(ChatFinishReason.ToolCalls);
    }

    private static string Delta(string text) => $$"""{"content":{{System.Text.Json.JsonSerializer.Serialize(text)}}}""";

    private static string Arguments(FunctionCallContent call) => string.Join(' ', call.Arguments!.Select(argument => $"{argument.Key}={argument.Value}"));

    private async Task<List<FunctionCallContent>> CallsAsync(params string[] pieces) =>
        [.. (await StreamAsync(pieces.Select(piece => $$"""{"tool_calls":[{{piece}}]}"""))).SelectMany(update => update.Contents).OfType<FunctionCallContent>()];
}
