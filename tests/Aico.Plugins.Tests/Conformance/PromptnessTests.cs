using Aico.Abstractions.SpeechToText;
using Aico.Abstractions.TextToSpeech;
using Aico.Plugins.Flite;
using Aico.Plugins.Scripted;
using Aico.Testing;
using Aico.Testing.Conformance;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Tests.Conformance;

/// <summary>Proves that the suite finds a provider that gives up too late, and leaves a busy machine alone.</summary>
/// <remarks>The suite's fixtures are generic here, so that NUnit does not run them by themselves.</remarks>
public class PromptnessTests
{
    [Test]
    public Task Finds_hearing_that_goes_on_after_disposal() => FindsAsync(new LateHearing<int>().Gives_up_within_100_ms_of_disposal);

    [Test]
    public Task Finds_hearing_that_goes_on_after_a_cancelled_read() => FindsAsync(new LateHearing<int>().Gives_up_within_100_ms_of_the_cancellation_of_a_read);

    [Test]
    public Task Finds_hearing_that_goes_on_opening() => FindsAsync(new LateHearing<int>().Gives_up_opening_within_100_ms);

    [Test]
    public Task Finds_speaking_that_goes_on_after_disposal() => FindsAsync(new LateSpeaking<int>().Gives_up_within_100_ms_of_disposal);

    [Test]
    public Task Finds_speaking_that_goes_on_after_a_cancelled_read() => FindsAsync(new LateSpeaking<int>().Gives_up_within_100_ms_of_the_cancellation_of_a_read);

    [Test]
    public Task Finds_speaking_that_goes_on_asking() => FindsAsync(new LateSpeaking<int>().Gives_up_a_request_that_its_service_holds_within_100_ms);

    [Test]
    public Task Finds_a_reading_that_goes_on() => FindsAsync(new LateReading<int>().Gives_up_a_reading_within_100_ms);

    [TestCase(true)]
    [TestCase(false)]
    public Task Finds_a_model_that_goes_on_thinking(bool isStreaming) =>
        FindsAsync(() => new LateModel<int>().Gives_up_within_100_ms_before_its_first_word(isStreaming));

    [Test]
    public Task Finds_a_model_that_goes_on_talking() => FindsAsync(new LateModel<int>().Gives_up_within_100_ms_in_the_middle_of_its_answer);

    [Test]
    public async Task Forgives_every_attempt_but_the_quickest()
    {
        var attempts = 0;

        await Promptness.HoldAsync("Work", attempt => attempt.EndAsync(async () =>
        {
            await (++attempts < Promptness.Attempts ? Late.WaitAsync() : Task.CompletedTask);
            return true;
        }));

        attempts.Should().Be(Promptness.Attempts);
    }

    [Test]
    public async Task Takes_no_work_for_given_up_that_ended_by_itself()
    {
        var hold = () => Promptness.HoldAsync("Work", async attempt =>
        {
            using var cancel = new CancellationTokenSource();
            await attempt.CancelAsync(cancel, Task.CompletedTask);
        });

        await hold.Should().ThrowAsync<AssertionException>().WithMessage("*it never was*");
    }

    private static async Task FindsAsync(Func<Task> test) =>
        await test.Should().ThrowAsync<AssertionException>().WithMessage("*the quickest of 7 attempts*");

    private sealed class LateHearing<T> : ServedSpeechToTextConformance
    {
        protected override ISpeechToText Create() => Late.Of(new FakeSpeechToText(isFaulty: false));

        protected override ISpeechToText CreateFaulty() => new FakeSpeechToText(isFaulty: true);

        protected override ISpeechToText CreateHeld() => Late.Of((ISpeechToText)new HeldSpeech());

        protected override Task HeldAsync() => Task.CompletedTask;
    }

    private sealed class LateSpeaking<T> : ServedTextToSpeechConformance
    {
        protected override ITextToSpeech Create() => Late.Of(new FliteTextToSpeech(new FliteSettings(), new TestProviderContext()));

        protected override ITextToSpeech CreateFaulty() => Create();

        protected override ITextToSpeech CreateHeld() => Late.Of((ITextToSpeech)new HeldSpeech());

        protected override Task HeldAsync() => Task.CompletedTask;
    }

    private sealed class LateReading<T> : BatchSpeechToTextConformance
    {
        protected override IBatchSpeechToText Create() => Late.Of(new FakeBatchSpeechToText(isFaulty: false));

        protected override IBatchSpeechToText CreateFaulty() => new FakeBatchSpeechToText(isFaulty: true);
    }

    private sealed class LateModel<T> : LanguageModelConformance
    {
        protected override IChatClient Create() => Client("{}");

        protected override IChatClient CreateCalling() => Client("{}");

        protected override IChatClient CreateEndless() => Client("""{ "rules": [{ "when": ".", "reply": "late", "firstTokenDelayMs": 600000 }] }""");

        protected override IChatClient CreateStalling() => Client("""{ "rules": [{ "when": ".", "reply": "soon and late", "tokenDelayMs": 600000 }] }""");

        protected override IChatClient CreateFaulty() => Client("{}");

        private static IChatClient Client(string script) => Late.Of(new ScriptedChatClient(new ScriptedSettings(), ScriptReader.Read(script), TimeProvider.System));
    }
}
