using Aico.Abstractions;
using Microsoft.Extensions.AI;

namespace Aico.Testing.Conformance;

/// <summary>What every language model must do. A provider's tests inherit it and say how to create one for each case.</summary>
/// <remarks>
/// Of cancellation it is held that an answer under way ends within 100 ms, as the quickest of several attempts (<see cref="Promptness"/>).
/// </remarks>
public abstract class LanguageModelConformance
{
    /// <summary>The tool that <see cref="CreateCalling"/> calls, with the argument "city".</summary>
    protected const string ToolName = "get_weather";

    protected virtual IReadOnlyList<ChatMessage> Conversation => [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Hello.")];

    /// <summary>Creates one that answers with some words.</summary>
    protected abstract IChatClient Create();

    /// <summary>Creates one that calls the tool <see cref="ToolName"/> where it is offered.</summary>
    protected abstract IChatClient CreateCalling();

    /// <summary>Creates one that would answer only after a very long time.</summary>
    protected abstract IChatClient CreateEndless();

    /// <summary>Creates one that answers with a first word, and goes on only after a very long time.</summary>
    protected abstract IChatClient CreateStalling();

    /// <summary>Waits until the service of <see cref="CreateEndless"/> holds the next request. A model in the same process is under way once it was asked.</summary>
    protected virtual Task HeldAsync() => Task.CompletedTask;

    /// <summary>Creates one whose service fails.</summary>
    protected abstract IChatClient CreateFaulty();

    [Test]
    public async Task Streams_its_answer_in_pieces_and_says_why_it_ended()
    {
        using var model = Create();
        var updates = await ReadAsync(model, Conversation);

        updates.Count(update => update.Text.Length > 0).Should().BeGreaterThan(1, "a caller should not wait for the whole answer");
        updates.ToChatResponse().Text.Should().NotBeNullOrWhiteSpace();
        updates[^1].FinishReason.Should().Be(ChatFinishReason.Stop);
    }

    [Test]
    public async Task Says_the_same_in_one_piece()
    {
        using var model = Create();
        var streamed = (await ReadAsync(model, Conversation)).ToChatResponse();
        var whole = await Bounded.Within(model.GetResponseAsync(Conversation), "The answer");

        whole.Text.Should().Be(streamed.Text);
        whole.Usage?.OutputTokenCount.Should().Be(streamed.Usage?.OutputTokenCount);
    }

    [Test]
    public async Task Calls_a_tool_with_its_arguments_and_takes_the_result()
    {
        using var model = CreateCalling();
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create((string city) => $"sunny in {city}", ToolName)] };
        ChatMessage[] asked = [.. Conversation, new(ChatRole.User, "What is the weather in Rome?")];

        var response = await Bounded.Within(model.GetResponseAsync(asked, options), "The answer");
        var call = response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Should().ContainSingle().Subject;
        call.Name.Should().Be(ToolName);
        call.CallId.Should().NotBeEmpty();
        call.Exception.Should().BeNull();
        call.Arguments.Should().ContainKey("city");
        response.FinishReason.Should().Be(ChatFinishReason.ToolCalls);

        ChatMessage[] answered = [.. asked, .. response.Messages, new(ChatRole.Tool, [new FunctionResultContent(call.CallId, "sunny")])];
        var last = await Bounded.Within(model.GetResponseAsync(answered, options), "The answer after the tool");
        last.Text.Should().NotBeNullOrWhiteSpace();
    }

    [Test]
    public async Task Keeps_two_answers_at_once_apart()
    {
        using var model = Create();
        var alone = (await ReadAsync(model, Conversation)).ToChatResponse().Text;

        var together = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ReadAsync(model, Conversation)));

        together.Select(updates => updates.ToChatResponse().Text).Should().AllBe(alone);
    }

    [Test]
    public async Task Gives_up_when_its_token_is_cancelled()
    {
        using var model = CreateEndless();
        using var cancel = new CancellationTokenSource();
        var reading = ReadAsync(model, Conversation, cancel.Token);
        reading.IsCompleted.Should().BeFalse("it has a very long time to go");

        await cancel.CancelAsync();

        await Bounded.Within(reading.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>(), "The cancelled answer");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Gives_up_within_100_ms_before_its_first_word(bool isStreaming)
    {
        using var model = CreateEndless();
        await Promptness.HoldAsync(isStreaming ? "A stream before its first word" : "An answer in one piece", async attempt =>
        {
            using var cancel = new CancellationTokenSource();
            Task answer = isStreaming ? ReadAsync(model, Conversation, cancel.Token) : model.GetResponseAsync(Conversation, cancellationToken: cancel.Token);
            await Bounded.Within(HeldAsync(), "The request");

            await attempt.CancelAsync(cancel, answer);
        });
    }

    [Test]
    public async Task Gives_up_within_100_ms_in_the_middle_of_its_answer()
    {
        using var model = CreateStalling();
        await Promptness.HoldAsync("A stream after its first word", async attempt =>
        {
            using var cancel = new CancellationTokenSource();
            var reading = Reading.Of(model.GetStreamingResponseAsync(Conversation, null, cancel.Token).Where(update => update.Text.Length > 0));
            await reading.Begun;

            await attempt.CancelAsync(cancel, reading.End);
        });
    }

    [Test]
    public async Task Does_nothing_with_a_token_that_is_cancelled_already()
    {
        using var model = Create();
        var answer = () => model.GetResponseAsync(Conversation, cancellationToken: new CancellationToken(canceled: true));

        await Bounded.Within(answer.Should().ThrowAsync<OperationCanceledException>(), "The answer");
    }

    [Test]
    public async Task Throws_a_fault_as_a_provider_exception()
    {
        using var model = CreateFaulty();

        await Bounded.Within(model.Invoking(m => m.GetResponseAsync(Conversation)).Should().ThrowAsync<ProviderException>(), "The faulty answer");
        var streaming = () => ReadAsync(model, Conversation);
        await Bounded.Within(streaming.Should().ThrowAsync<ProviderException>(), "The faulty stream");
    }

    [Test]
    public async Task Takes_a_conversation_without_messages()
    {
        using var model = Create();
        try
        {
            await Bounded.Within(model.GetResponseAsync([]), "The answer");
        }
        catch (ProviderException refused)
        {
            refused.Failure.Should().Be(ProviderFailure.InvalidRequest);
        }
    }

    [Test]
    public void Takes_being_disposed_twice()
    {
        var model = Create();
        model.Dispose();

        model.Invoking(m => m.Dispose()).Should().NotThrow();
    }

    [Test]
    public void Says_what_it_is()
    {
        using var model = Create();

        model.GetService(typeof(ChatClientMetadata)).Should().BeOfType<ChatClientMetadata>().Which.ProviderName.Should().NotBeNullOrEmpty();
        model.GetService(typeof(IChatClient)).Should().BeSameAs(model);
        model.GetService(typeof(IChatClient), "some key").Should().BeNull();
        model.GetService(typeof(Version)).Should().BeNull();
    }

    private static Task<List<ChatResponseUpdate>> ReadAsync(IChatClient model, IEnumerable<ChatMessage> messages, CancellationToken ct = default) =>
        Bounded.Within(model.GetStreamingResponseAsync(messages, null, ct).ToListAsync(ct).AsTask(), "The stream");
}
