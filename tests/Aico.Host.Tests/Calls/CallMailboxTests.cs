using Aico.Host.Calls;

namespace Aico.Host.Tests.Calls;

public class CallMailboxTests
{
    private const int Capacity = 1024;

    [Test]
    public void Refuses_what_it_cannot_hold_where_nothing_can_be_awaited()
    {
        var mailbox = Full();

        var posting = () => mailbox.Post(new CallSignal.CallerLeft());

        posting.Should().Throw<InvalidOperationException>().WithMessage("The call does not keep up: 1024 signals are waiting.");
    }

    [Test]
    public void Never_throws_at_a_timer()
    {
        var mailbox = Full();

        var waking = mailbox.Wake;

        waking.Should().NotThrow("an error in a timer's callback ends the process");
    }

    [Test]
    public async Task Lets_a_writer_wait_for_room()
    {
        var mailbox = Full();

        var posting = mailbox.PostAsync(new CallSignal.CallerLeft(), CancellationToken.None);
        posting.IsCompleted.Should().BeFalse();
        mailbox.Reader.TryRead(out _);
        await posting;

        mailbox.Reader.Count.Should().Be(Capacity);
    }

    [Test]
    public async Task Lets_go_of_a_waiting_writer_when_it_closes()
    {
        var mailbox = Full();
        var posting = mailbox.PostAsync(new CallSignal.CallerLeft(), CancellationToken.None);

        mailbox.Close();
        await posting;

        mailbox.Reader.Count.Should().Be(Capacity);
    }

    [Test]
    public async Task Drops_what_comes_after_its_end()
    {
        var mailbox = new CallMailbox();
        mailbox.Close();
        mailbox.Close();

        mailbox.Post(new CallSignal.CallerLeft());
        mailbox.Wake();
        await mailbox.PostAsync(new CallSignal.CallerLeft(), CancellationToken.None);

        mailbox.Reader.TryRead(out _).Should().BeFalse();
    }

    private static CallMailbox Full()
    {
        var mailbox = new CallMailbox();
        for (var i = 0; i < Capacity; i++)
        {
            mailbox.Post(new CallSignal.Deadline());
        }

        return mailbox;
    }
}
