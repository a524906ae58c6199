using Aico.Abstractions;
using Aico.Abstractions.TextToSpeech;

namespace Aico.Testing.Conformance;

/// <summary>
/// What every text-to-speech provider must do. A provider's tests inherit it and say how to create one that works and one that
/// fails; the rest may be overridden where a provider needs another text.
/// </summary>
/// <remarks>
/// Of cancellation it is held that most of a long text is never spoken any more, and that what is pending ends within 100 ms, as the
/// quickest of several attempts (<see cref="Promptness"/>). A provider that asks a service inherits
/// <see cref="ServedTextToSpeechConformance"/>.
/// </remarks>
public abstract class TextToSpeechConformance
{
    /// <summary>Two short sentences.</summary>
    protected virtual string Sample => "Hello there, my friend. What can I do for you today?";

    protected virtual TextToSpeechRequest Request => new(CallIdentity.None);

    /// <summary>How far the lengths of two renderings of one text may differ.</summary>
    protected virtual double Tolerance => 0.25;

    protected abstract ITextToSpeech Create();

    /// <summary>Creates one that fails when it is asked to speak, on opening or on reading.</summary>
    protected abstract ITextToSpeech CreateFaulty();

    [Test]
    public async Task Speaks_audibly_and_without_gaps_in_its_offsets()
    {
        var spoken = await Spoken.SayAsync(Create(), Request, Sample);

        spoken.Loudness.Should().BeGreaterThan(200, "that is not silence");
        spoken.Duration.TotalSeconds.Should().BeInRange(Sample.Length / 40.0, Sample.Length / 6.0, "people speak 6 to 40 characters a second");
        spoken.Chunks.Select(chunk => chunk.Audio.Format).Distinct().Should().ContainSingle("a session has one format");
        var position = TimeSpan.Zero;
        foreach (var chunk in spoken.Chunks)
        {
            chunk.Audio.Offset.Should().BeCloseTo(position, TimeSpan.FromMilliseconds(1));
            position = chunk.Audio.End;
        }
    }

    [TestCase("")]
    [TestCase("  ")]
    [TestCase("\n- ")]
    public async Task Gives_texts_that_join_to_the_input(string around)
    {
        var text = around + Sample + around + " " + Sample + around;

        var spoken = await Spoken.SayAsync(Create(), Request, text);

        AssertJoins(spoken, text);
    }

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(7)]
    public async Task Speaks_fragments_split_inside_words_like_the_whole(int size)
    {
        var whole = await Spoken.SayAsync(Create(), Request, Sample);
        var fragments = await Spoken.SayAsync(Create(), Request, Sample.Chunk(size).Select(fragment => new string(fragment)));

        fragments.Duration.Should().BeCloseTo(whole.Duration, whole.Duration * Tolerance);
        AssertJoins(fragments, Sample);
    }

    [Test]
    public async Task Ends_without_speech_where_no_text_came()
    {
        (await Spoken.SayAsync(Create(), Request)).Chunks.Should().BeEmpty();
        (await Spoken.SayAsync(Create(), Request, "", "")).Chunks.Should().BeEmpty();
    }

    [Test]
    public async Task Speaks_on_a_flush_without_waiting_for_more()
    {
        await using var session = await Create().OpenAsync(Request, default);
        await using var chunks = session.ReadAsync(default).GetAsyncEnumerator();

        await session.SendAsync("Hello there", default);
        await session.FlushAsync(default);

        (await Bounded.Within(chunks.MoveNextAsync().AsTask(), "The first chunk after a flush")).Should().BeTrue();
    }

    [Test]
    public async Task Keeps_two_sessions_at_once_apart()
    {
        var speech = Create();
        var alone = await Spoken.SayAsync(speech, Request, Sample);
        var together = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Spoken.SayAsync(speech, Request, i % 2 == 0 ? Sample : "Yes.")));

        together[0].Duration.Should().BeCloseTo(alone.Duration, alone.Duration * Tolerance);
        together[2].Duration.Should().BeCloseTo(alone.Duration, alone.Duration * Tolerance);
        together[1].Duration.Should().BeLessThan(alone.Duration / 2);
        AssertJoins(together[2], Sample);
        AssertJoins(together[3], "Yes.");
    }

    [Test]
    public async Task Ends_a_pending_read_on_disposal_without_an_error()
    {
        var session = await Create().OpenAsync(Request, default);
        var reading = Spoken.ReadAsync(session);

        await Bounded.Within(session.DisposeAsync().AsTask(), "Disposal");

        (await Bounded.Within(reading, "The pending read")).Chunks.Should().BeEmpty();
    }

    [Test]
    public async Task Gives_up_the_rest_on_disposal()
    {
        var whole = await Spoken.SayAsync(Create(), Request, Sample);
        var session = await Create().OpenAsync(Request, default);
        await using var chunks = session.ReadAsync(default).GetAsyncEnumerator();
        const int Repeats = 40;
        var writing = WriteAsync();
        (await Bounded.Within(chunks.MoveNextAsync().AsTask(), "The first chunk")).Should().BeTrue();

        await Bounded.Within(session.DisposeAsync().AsTask(), "Disposal");
        var rest = await Bounded.Within(ReadRestAsync(), "Reading after disposal");

        rest.Should().BeLessThan(whole.Duration * Repeats / 2, "most of the text is not spoken any more");
        await Bounded.Within(writing, "A writer during disposal");

        async Task WriteAsync()
        {
            for (var i = 0; i < Repeats; i++)
            {
                await session.SendAsync(Sample + " ", default);
            }

            await session.FlushAsync(default);
        }

        async Task<TimeSpan> ReadRestAsync()
        {
            var duration = TimeSpan.Zero;
            while (await chunks.MoveNextAsync())
            {
                duration += chunks.Current.Audio.Duration;
            }

            return duration;
        }
    }

    [Test]
    public Task Gives_up_within_100_ms_of_disposal() => Promptness.HoldAsync("Speaking, on disposal", async attempt =>
    {
        await using var session = await Create().OpenAsync(Request, default);
        using var talk = new EndlessTalk(session, Sample);
        var reading = Reading.Of(session.ReadAsync(default));
        await reading.Begun;

        talk.Stop();
        await attempt.DisposeAsync(session, reading.End, talk.End);
    });

    [Test]
    public Task Gives_up_within_100_ms_of_the_cancellation_of_a_read() => Promptness.HoldAsync("Speaking, on a cancelled read", async attempt =>
    {
        await using var session = await Create().OpenAsync(Request, default);
        using var talk = new EndlessTalk(session, Sample);
        using var cancel = new CancellationTokenSource();
        var reading = Reading.Of(session.ReadAsync(cancel.Token));
        await reading.Begun;

        await attempt.CancelAsync(cancel, reading.End);
        talk.Stop();
        await Bounded.Within(session.DisposeAsync().AsTask(), "Disposal");
        await Bounded.Within(talk.End, "The writer");
    });

    [Test]
    public async Task Takes_being_disposed_twice()
    {
        var session = await Create().OpenAsync(Request, default);
        await session.SendAsync(Sample, default);

        await Bounded.Within(session.DisposeAsync().AsTask(), "Disposal");
        await Bounded.Within(session.DisposeAsync().AsTask(), "The second disposal");
    }

    [Test]
    public async Task Ends_a_read_whose_token_is_cancelled()
    {
        await using var session = await Create().OpenAsync(Request, default);
        using var cancel = new CancellationTokenSource();
        var reading = Spoken.ReadAsync(session, cancel.Token);

        await cancel.CancelAsync();

        await Bounded.Within(reading.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>(), "The cancelled read");
    }

    [Test]
    public async Task Gives_up_the_rest_when_the_token_of_a_read_is_cancelled()
    {
        const int Repeats = 40;
        var whole = await Spoken.SayAsync(Create(), Request, Sample);
        await using var session = await Create().OpenAsync(Request, default);
        using var cancel = new CancellationTokenSource();
        var writing = WriteAsync();
        var heard = TimeSpan.Zero;
        var read = async () =>
        {
            await foreach (var chunk in session.ReadAsync(cancel.Token))
            {
                heard += chunk.Audio.Duration;
                await cancel.CancelAsync();
            }
        };

        await Bounded.Within(read.Should().ThrowAsync<OperationCanceledException>(), "The cancelled read");
        await session.DisposeAsync();

        heard.Should().BeLessThan(whole.Duration * Repeats / 2, "most of the text is not spoken any more");
        await Bounded.Within(writing, "The writer");

        async Task WriteAsync()
        {
            for (var i = 0; i < Repeats; i++)
            {
                await session.SendAsync(Sample + " ", default);
            }

            await session.FlushAsync(default);
        }
    }

    [Test]
    public async Task Refuses_text_after_completion()
    {
        await using var session = await Create().OpenAsync(Request, default);
        await session.CompleteAsync(default);

        await session.Awaiting(s => s.SendAsync("more", default).AsTask()).Should().ThrowAsync<InvalidOperationException>();
    }

    [Test]
    public async Task Throws_a_fault_at_the_reader_and_nowhere_else()
    {
        var error = await Bounded.Within(FaultAsync(), "The faulty session");

        error.Message.Should().NotBeEmpty();

        async Task<ProviderException> FaultAsync()
        {
            try
            {
                await using var session = await CreateFaulty().OpenAsync(Request, default);
                await session.SendAsync(Sample, default);
                await session.FlushAsync(default);
                var read = async () => await Spoken.ReadAsync(session);
                var fault = (await read.Should().ThrowAsync<ProviderException>()).Which;
                // The writer may not know yet.
                await session.SendAsync(Sample, default);
                await session.CompleteAsync(default);
                return fault;
            }
            catch (ProviderException onOpening)
            {
                return onOpening;
            }
        }
    }

    private static void AssertJoins(Spoken spoken, string text)
    {
        if (spoken.Text is { } joined)
        {
            joined.Should().Be(text, "the texts of all chunks join to the input");
        }
    }
}
